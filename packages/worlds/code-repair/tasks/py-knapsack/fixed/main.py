"""Packing: each item may be taken once."""


def best_value(items, capacity):
    """Largest total value of items [name, weight, value] within the capacity."""
    best = [0] * (capacity + 1)
    for _, weight, value in items:
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + value)
    return best[capacity]


def pack(items, capacity):
    """Names of an optimal choice; earlier items are left out only if needed."""
    target = best_value(items, capacity)
    chosen = []
    rest = list(items)
    while rest and target > 0:
        name, weight, value = rest.pop(0)
        if weight <= capacity and best_value(rest, capacity - weight) + value == target:
            chosen.append(name)
            capacity -= weight
            target -= value
    return chosen


def report(items, capacity):
    """Chosen names with total weight and value."""
    names = pack(items, capacity)
    taken = [item for item in items if item[0] in names]
    return {
        "names": names,
        "weight": sum(item[1] for item in taken),
        "value": sum(item[2] for item in taken),
    }
