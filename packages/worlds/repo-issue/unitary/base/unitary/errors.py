class UnitError(ValueError):
    """Something is wrong with a unit."""


class UnknownUnit(UnitError):
    def __init__(self, name):
        super().__init__(f"unknown unit {name!r}")
        self.name = name


class DimensionMismatch(UnitError):
    def __init__(self, left, right):
        super().__init__(f"{left} and {right} do not measure the same")
