"""Invoicing in integer cents."""

from .invoice import Invoice
from .lines import LineItem

__all__ = ["Invoice", "LineItem"]
