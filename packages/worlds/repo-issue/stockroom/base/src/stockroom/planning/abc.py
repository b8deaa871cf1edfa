"""ABC analysis: few items make most of the turnover."""


def classify(turnover, a_share=0.8, b_share=0.95):
    """Class by sku: A for the items that make the first share of turnover, then B, then C.

    An item belongs to the class in which its part of the sum begins.
    """
    total = sum(turnover.values())
    classes = {}
    before = 0
    for sku, amount in sorted(turnover.items(), key=lambda pair: (-pair[1], pair[0])):
        share = before / total if total else 1
        classes[sku] = "A" if share < a_share else "B" if share < b_share else "C"
        before += amount
    return classes
