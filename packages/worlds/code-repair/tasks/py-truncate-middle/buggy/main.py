"""Shortening of strings for narrow columns."""

ELLIPSIS = "..."


def truncate_end(text, width):
    """Cut at the end; the result is never longer than width."""
    if len(text) <= width:
        return text
    if width <= len(ELLIPSIS):
        return text[:width]
    return text[:width - len(ELLIPSIS)] + ELLIPSIS


def truncate_middle(text, width):
    """Cut in the middle, so that both ends stay visible (the start gets the odd one)."""
    if len(text) <= width:
        return text
    if width <= len(ELLIPSIS):
        return text[:width]
    room = width - len(ELLIPSIS)
    tail = room // 2
    head = room - tail
    return text[:head] + ELLIPSIS + text[-tail:]


def shorten_all(texts, width, mode="end"):
    """Shorten several texts with one of the modes "end" and "middle"."""
    functions = {"end": truncate_end, "middle": truncate_middle}
    return [functions[mode](text, width) for text in texts]
