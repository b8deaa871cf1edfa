"""Digit arithmetic."""


def digits(number, base=10):
    """Digits of a non-negative number, the most significant first."""
    if number < 0 or base < 2:
        raise ValueError("not supported")
    result = [number % base]
    while number >= base:
        number //= base
        result.append(number % base)
    return result[::-1]


def digit_root(number, base=10):
    """Sum the digits again and again until one digit is left."""
    while number >= base:
        number = sum(digits(number, base))
    return number


def persistence(number):
    """How often the digits must be multiplied to get down to one digit."""
    steps = 0
    while number >= 10:
        product = 1
        for digit in digits(number):
            product *= digit
        number = product
        steps += 1
    return steps


def is_happy(number):
    """True when repeated sums of squared digits end at 1."""
    seen = set()
    while number != 1 and number not in seen:
        seen.add(number)
        number = sum(digit * digit for digit in digits(number))
    return number == 1
