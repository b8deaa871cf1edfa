"""Comparison of dotted version numbers with optional pre-release tags."""


def parse_version(text):
    """"1.4.0-beta" -> ([1, 4, 0], "beta"); missing parts count as zero."""
    core, _, tag = text.partition("-")
    numbers = [int(part) for part in core.split(".")]
    while len(numbers) < 3:
        numbers.append(0)
    return numbers, tag


def compare_versions(left, right):
    """-1, 0 or 1. A release is newer than any of its pre-releases."""
    left_numbers, left_tag = parse_version(left)
    right_numbers, right_tag = parse_version(right)
    for a, b in zip(left_numbers, right_numbers):
        if a != b:
            return -1 if a < b else 1
    if left_tag == right_tag:
        return 0
    if not left_tag:
        return 1
    if not right_tag:
        return -1
    return -1 if left_tag < right_tag else 1


def newest(versions):
    """The newest version; of equal ones the first. None for an empty list."""
    best = None
    for version in versions:
        if best is None or compare_versions(version, best) > 0:
            best = version
    return best
