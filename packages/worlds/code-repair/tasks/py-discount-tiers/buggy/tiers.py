"""The discount tiers: [smallest quantity, percent], in ascending order."""

TIERS = [[1, 0], [10, 5], [50, 10], [100, 20]]


def discount_for(quantity):
    """Percent of the highest tier that the quantity reaches."""
    for smallest, percent in TIERS:
        if quantity >= smallest:
            return percent
    return 0


def next_tier(quantity):
    """[missing pieces, percent] to the next tier, or None at the top."""
    for smallest, percent in TIERS:
        if smallest > quantity:
            return [smallest - quantity, percent]
    return None
