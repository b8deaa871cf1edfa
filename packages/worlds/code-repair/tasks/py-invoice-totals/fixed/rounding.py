"""Rounding of cents."""


def percent_of(amount, percent):
    """percent % of a whole amount, halves rounded away from zero."""
    product = amount * percent
    if product < 0:
        return -percent_of(-amount, percent)
    return (product + 50) // 100
