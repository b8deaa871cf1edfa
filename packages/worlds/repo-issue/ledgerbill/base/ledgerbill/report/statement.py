"""A statement of account as text."""

from ..money import format_cents
from .aging import bucket_for


def statement(customer, account, today, width=40):
    lines = [f"Statement for {customer}", "=" * width]
    for name in account.by_age():
        due, owed = account.open[name]
        label = f"{name} ({bucket_for((today - due).days)})"
        lines.append(leader(label, format_cents(owed), width))
    if account.credit:
        lines.append(leader("credit", format_cents(-account.credit), width))
    lines.append(leader("balance", format_cents(account.balance()), width))
    return "\n".join(lines)


def leader(label, amount, width):
    """A label and an amount with dots between them."""
    dots = max(1, width - len(label) - len(amount) - 2)
    return f"{label} {'.' * dots} {amount}"
