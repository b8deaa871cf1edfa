"""Accounts with an overdraft limit; transfers succeed completely or not at all."""


class Bank:
    def __init__(self, balances, limits):
        self.balances = dict(balances)
        self.limits = dict(limits)
        self.log = []

    def can_pay(self, account, amount):
        return self.balances[account] - amount >= -self.limits.get(account, 0)

    def transfer(self, source, target, amount):
        """The result as a word: "ok", "unknown", "invalid" or "refused"."""
        if source not in self.balances or target not in self.balances:
            return "unknown"
        if amount <= 0 or source == target:
            return "invalid"
        if not self.can_pay(source, amount):
            return "refused"
        self.balances[source] -= amount
        self.balances[target] += amount
        self.log.append([source, target, amount])
        return "ok"


def run_transfers(balances, transfers, limits=None):
    """Results of all transfers, the balances and the log of what was moved."""
    bank = Bank(balances, limits or {})
    results = []
    for source, target, amount in transfers:
        results.append(bank.transfer(source, target, amount))
    return {"results": results, "balances": bank.balances, "log": bank.log}
