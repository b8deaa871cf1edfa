"""Splitting of bills. Amounts are in cents and no cent may get lost."""


def parse_shares(text):
    """"ann:2, bob" -> [["ann", 2], ["bob", 1]]."""
    shares = []
    for part in text.split(","):
        name, colon, weight = part.strip().partition(":")
        if not name:
            continue
        shares.append([name, int(weight) if colon else 1])
    return shares


def split_amount(total, shares):
    """Amounts by weight; left over cents go to the first people, one each."""
    weights = sum(weight for _, weight in shares)
    if weights <= 0:
        raise ValueError("no shares")
    amounts = {}
    given = 0
    for name, weight in shares:
        amounts[name] = total * weight // weights
        given += amounts[name]
    left_over = total - given
    for name, _ in shares[:left_over]:
        amounts[name] += 1
    return amounts


def split_bill(total, text):
    """Split a bill among people that are given as text."""
    return split_amount(total, parse_shares(text))
