"""Quantities with units: parse them, convert them, calculate with them."""

from unitary.convert import convert
from unitary.quantity import Quantity

__all__ = ["Quantity", "convert"]
