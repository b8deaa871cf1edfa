"""Layered settings: later layers win, nested tables are merged."""
from values import clone, is_table


def merge_into(base, layer):
    """Merge a layer into base (in place) and return base.

    None in a layer removes the key; lists are replaced as a whole.
    """
    for key, value in layer.items():
        if value is None:
            base.pop(key, None)
        elif is_table(value) and is_table(base.get(key)):
            merge_into(base[key], value)
        else:
            base[key] = clone(value)
    return base


def merge_layers(layers):
    """All layers merged; the layers themselves do not change."""
    result = {}
    for layer in layers:
        merge_into(result, layer)
    return result


def lookup(layers, path, default=None):
    """Value at a dotted path of the merged layers."""
    value = merge_layers(layers)
    for part in path.split("."):
        if not is_table(value) or part not in value:
            return default
        value = value[part]
    return value
