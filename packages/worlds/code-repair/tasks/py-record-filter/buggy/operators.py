"""The operators of the query language."""


def apply_operator(value, operator, operand):
    """Evaluate one condition; a missing value only meets "missing"."""
    if operator == "missing":
        return value is None
    if value is None:
        return False
    if operator == "=":
        return value == operand
    if operator == ">=":
        return value >= operand
    if operator == "<":
        return value < operand
    if operator == "between":
        low, high = operand
        return low <= value or value <= high
    if operator == "in":
        return value in operand
    raise ValueError("unknown operator: " + operator)
