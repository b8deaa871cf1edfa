"""Arithmetic on amounts of money, which are integers in cents."""

from fractions import Fraction


def round_half_even(value):
    """Round a Fraction to an int; a half goes to the even neighbour."""
    floor = value.numerator // value.denominator
    rest = value - floor
    if rest > Fraction(1, 2):
        return floor + 1
    if rest == Fraction(1, 2):
        return floor + floor % 2
    return floor


def percent_of(cents, rate):
    """`rate` percent of an amount, rounded to cents."""
    return round_half_even(Fraction(cents) * Fraction(rate) / 100)


def allocate(cents, weights):
    """Split an amount by weights without losing a cent.

    The cents that rounding leaves over go to the shares with the largest
    remainders, earlier shares first where they are equal.
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("weights must sum to more than zero")
    exact = [Fraction(cents * weight, total) for weight in weights]
    shares = [value.numerator // value.denominator for value in exact]
    left = cents - sum(shares)
    order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[:left]:
        shares[i] += 1
    return shares


def format_cents(cents, symbol="€"):
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{symbol}{whole:,}.{rest:02d}"
