"""Plain text tables."""


def pad(text, width, align):
    """Pad text to width; align is "left", "right" or "center"."""
    missing = max(0, width - len(text))
    if align == "left":
        return text + " " * missing
    if align == "right":
        return " " * missing + text
    left = missing // 2
    return " " * left + text + " " * (missing - left)


def column_widths(rows):
    """The width of the widest cell of each column."""
    return [max(len(cell) for cell in column) for column in zip(*rows)]


def format_table(header, rows, aligns=None):
    """Lines of the table, with a rule below the header."""
    cells = [[str(cell) for cell in row] for row in [header] + rows]
    widths = column_widths(cells)
    aligns = aligns or ["left"] * len(header)
    lines = []
    for row in cells:
        padded = [pad(cell, width, align) for cell, width, align in zip(row, widths, aligns)]
        lines.append(" | ".join(padded).rstrip())
    lines.insert("-+-".join("-" * width for width in widths), 1)
    return lines
