"""Bracket checking with positions, ignoring brackets in string literals."""

PAIRS = {")": "(", "]": "[", "}": "{"}


def first_error(text):
    """Position of the first bracket error, or None.

    A bracket that is never closed is an error at its own position.
    """
    stack = []
    quote = None
    for position, char in enumerate(text):
        if quote:
            if char == quote:
                quote = None
        elif char in "'\"":
            quote = char
        elif char in PAIRS.values():
            stack.append((char, position))
        elif char in PAIRS:
            if not stack:
                return position
            stack.pop()
    return stack[-1][1] if stack else None


def max_depth(text):
    """The deepest nesting of a well-formed text; -1 when it is not."""
    if first_error(text) is not None:
        return -1
    depth = deepest = 0
    quote = None
    for char in text:
        if quote:
            quote = None if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")]}":
            depth -= 1
    return deepest
