"""Paths into nested data, such as "users[0].name", "users[*].tags[-1]" or "*.id"."""


def parse_path(path):
    """Steps of a path: names as text, list indices as int, "*" for all children."""
    steps = []
    for part in path.split("."):
        name, *indices = part.split("[")
        if name:
            steps.append(name)
        for index in indices:
            if not index.endswith("]"):
                raise ValueError("bad path: " + path)
            index = index[:-1]
            steps.append(index)
    return steps


def children(node):
    if isinstance(node, dict):
        return list(node.values())
    return list(node) if isinstance(node, list) else []


def walk(node, steps):
    """All values that the steps lead to, in the order of the data."""
    if not steps:
        return [node]
    step, rest = steps[0], steps[1:]
    if step == "*":
        found = []
        for child in children(node):
            found.extend(walk(child, rest))
            return found
        return found
    if isinstance(step, int):
        if isinstance(node, list) and -len(node) <= step < len(node):
            return walk(node[step], rest)
    elif isinstance(node, dict) and step in node:
        return walk(node[step], rest)
    return []


def select(data, path):
    return walk(data, parse_path(path))


def first(data, path, default=None):
    found = select(data, path)
    return found[0] if found else default
