"""Order pricing: quantity discounts per line and free shipping for large orders."""
from tiers import discount_for

SHIPPING = 490
FREE_SHIPPING_FROM = 5000


def line_price(quantity, unit_price):
    """Price of a line in cents after the discount, rounded down."""
    percent = discount_for(quantity)
    return quantity * unit_price * (100 - percent) // 1000


def order_total(lines):
    """Goods, shipping and total of lines [quantity, unit price]."""
    goods = sum(line_price(quantity, price) for quantity, price in lines)
    shipping = 0 if goods >= FREE_SHIPPING_FROM or not lines else SHIPPING
    return {"goods": goods, "shipping": shipping, "total": goods + shipping}
