"""Totals of an invoice. Money is in cents, rates in percent."""
from rounding import percent_of


def line_total(line):
    """Quantity times unit price, less the discount of the line."""
    gross = line["quantity"] * line["unit_price"]
    return gross - percent_of(gross, line.get("tax_rate", 0))


def tax_groups(lines):
    """Net amount for each tax rate in use, as {rate: net}."""
    groups = {}
    for line in lines:
        rate = str(line["tax_rate"])
        groups[rate] = groups.get(rate, 0) + line_total(line)
    return groups


def invoice_totals(invoice):
    """Net, tax (rounded once per rate) and amount due, less what was paid."""
    groups = tax_groups(invoice["lines"])
    net = sum(groups.values())
    tax = sum(percent_of(amount, int(rate)) for rate, amount in groups.items())
    paid = sum(payment["amount"] for payment in invoice.get("payments", []))
    return {"net": net, "tax": tax, "due": net + tax - paid}
