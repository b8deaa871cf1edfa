class StockError(Exception):
    """Something cannot be done with the stock as it is."""


class NotEnough(StockError):
    def __init__(self, sku, wanted, available):
        super().__init__(f"{sku}: wanted {wanted}, available {available}")
        self.sku = sku
        self.wanted = wanted
        self.available = available


class UnknownItem(StockError, KeyError):
    def __str__(self):
        return f"unknown item {self.args[0]}"
