"""What the stock is worth."""


def valuation(warehouse):
    """Value by sku in cents, without items of which nothing is there."""
    values = {item.sku: warehouse.batches(item.sku).value() for item in warehouse.catalog}
    return {sku: value for sku, value in values.items() if value}


def average_cost(warehouse, sku):
    batches = warehouse.batches(sku)
    quantity = batches.total()
    return batches.value() / quantity if quantity else 0


def margin(price, cost):
    """The part of a price that is not cost, in percent with one digit."""
    if price == 0:
        return 0.0
    return round(100 * (price - cost) / price, 1)
