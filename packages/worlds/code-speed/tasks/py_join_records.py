def join_records(orders, customers):
    """Orders with the names of their customers."""
    rows = []
    for order in orders:
        for customer in customers:
            if customer["id"] == order["customer"]:
                row = dict(order)
                row["name"] = customer["name"]
                rows.append(row)
    return rows
