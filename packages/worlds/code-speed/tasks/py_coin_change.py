def ways_to_pay(amount, coins):
    """Number of ways to pay an amount with any number of each coin."""
    coins = sorted(set(coin for coin in coins if coin > 0))

    def ways(left, kinds):
        if left == 0:
            return 1
        if left < 0 or kinds == 0:
            return 0
        return ways(left - coins[kinds - 1], kinds) + ways(left, kinds - 1)

    return ways(amount, len(coins))
