"""A little language for formulas: numbers, names, functions, conditions."""

from calcette.session import Session

__all__ = ["Session"]
