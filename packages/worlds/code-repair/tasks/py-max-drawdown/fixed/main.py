"""Figures about price series."""


def largest_drop(prices):
    """The largest fall from a price to a later one; 0 when prices never fall."""
    if not prices:
        return 0
    peak = prices[0]
    drop = 0
    for price in prices:
        peak = max(peak, price)
        drop = max(drop, peak - price)
    return drop


def best_trade(prices):
    """[buy, sell] positions of the best single trade, or None without a gain."""
    best = None
    gain = 0
    cheapest = 0
    for day, price in enumerate(prices):
        if price < prices[cheapest]:
            cheapest = day
        if price - prices[cheapest] > gain:
            gain = price - prices[cheapest]
            best = [cheapest, day]
    return best


def summary(prices):
    """All figures at once."""
    return {"drop": largest_drop(prices), "trade": best_trade(prices), "last": prices[-1] if prices else None}
