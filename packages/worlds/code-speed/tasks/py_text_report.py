def report(sales):
    """One line for each product with its total, in the order of the first sale."""
    text = ""
    for name in [sale[0] for sale in sales]:
        if name + ":" not in [line.split(" ")[0] for line in text.split("\n")]:
            total = sum([amount for product, amount in sales if product == name])
            text = text + name + ": " + str(total) + "\n"
    return text
