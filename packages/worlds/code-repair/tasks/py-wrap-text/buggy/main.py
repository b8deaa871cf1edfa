"""Wrapping of plain text."""


def wrap_words(words, width):
    """Lines of at most `width` characters; longer words get their own line."""
    lines = []
    line = ""
    for word in words:
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    if line:
        lines.append(line)
    return lines


def wrap_text(text, width, indent=0):
    """Wrap all paragraphs; every line is indented and fits into width.

    Paragraphs are separated by blank lines, which are kept as one blank line.
    """
    result = []
    for paragraph in text.split("\n\n"):
        words = paragraph.split()
        if not words:
            continue
        if result:
            result.append("")
        for line in wrap_words(words, width):
            result.append(" " * indent + line)
    return result
