"""Kinds of setting values."""


def is_table(value):
    return isinstance(value, dict)


def clone(value):
    """A copy of a setting value with everything inside of it."""
    if is_table(value):
        return {key: clone(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [clone(inner) for inner in value]
    return value
