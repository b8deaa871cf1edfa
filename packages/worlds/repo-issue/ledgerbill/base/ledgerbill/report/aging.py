"""How long amounts have been overdue."""

BUCKETS = ((0, "current"), (30, "1-30"), (60, "31-60"), (90, "61-90"))


def bucket_for(days_overdue):
    for limit, name in BUCKETS:
        if days_overdue <= limit:
            return name
    return "over 90"


def aging(account, today):
    """Sum what an account owes by how long it is overdue; empty buckets are left out."""
    sums = {}
    for due, owed in account.open.values():
        name = bucket_for((today - due).days)
        sums[name] = sums.get(name, 0) + owed
    return sums
