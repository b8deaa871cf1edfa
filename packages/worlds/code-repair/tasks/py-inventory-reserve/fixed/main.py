"""Stock keeping: orders reserve stock, shipping takes it out of the warehouse."""
from stock import Stock


def place_order(stock, order):
    """Reserve all lines of an order, or nothing at all. True on success."""
    needed = {}
    for item, quantity in order:
        needed[item] = needed.get(item, 0) + quantity
    for item, quantity in needed.items():
        if not stock.can_reserve(item, quantity):
            return False
    for item, quantity in needed.items():
        stock.reserve(item, quantity)
    return True


def process(levels, orders):
    """Accept or refuse the orders in turn; what is left to sell afterwards."""
    stock = Stock(levels)
    accepted = [place_order(stock, order) for order in orders]
    return {
        "accepted": accepted,
        "free": {item: stock.free(item) for item in sorted(levels)},
    }
