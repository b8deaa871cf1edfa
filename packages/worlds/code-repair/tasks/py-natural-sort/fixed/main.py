"""Natural sorting: numbers inside of names count by value."""


def chunks(name):
    """Split "img12b" into ["img", "12", "b"]; digits and other text alternate."""
    parts = []
    for char in name:
        if parts and parts[-1][-1].isdigit() == char.isdigit():
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def natural_key(name):
    """Sort key; numbers come before text, case does not matter."""
    key = []
    for part in chunks(name):
        if part.isdigit():
            key.append((0, int(part), ""))
        else:
            key.append((1, 0, part.lower()))
    return key


def natural_sort(names):
    """Names in natural order; names that only differ in case stay in plain order."""
    return sorted(names, key=lambda name: (natural_key(name), name))


def missing_numbers(names):
    """Gaps in the numbers at the end of the names, e.g. [3] for p2 and p4."""
    numbers = set()
    for name in names:
        parts = chunks(name)
        if parts and parts[-1].isdigit():
            numbers.add(int(parts[-1]))
    if not numbers:
        return []
    return [n for n in range(min(numbers), max(numbers)) if n not in numbers]
