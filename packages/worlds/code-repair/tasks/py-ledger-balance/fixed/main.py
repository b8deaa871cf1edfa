"""Running balances for a small cash ledger. All amounts are whole cents."""

KINDS = {"deposit": 1, "refund": 1, "withdrawal": -1, "charge": -1}


def signed_amount(entry):
    """The amount of an entry with the sign it has on the balance."""
    kind = entry["kind"]
    if kind not in KINDS:
        raise ValueError("unknown entry kind: " + kind)
    return KINDS[kind] * entry["amount"]


def build_statement(opening, entries):
    """Apply entries in order; each row shows the balance after the entry.

    An entry may carry a "fee", which the bank keeps in every case.
    """
    balance = opening
    rows = []
    fees = 0
    for entry in entries:
        fee = entry.get("fee", 0)
        balance += signed_amount(entry) - fee
        fees += fee
        rows.append([entry["kind"], balance])
    return {"rows": rows, "closing": balance, "fees": fees, "net": balance - opening}
