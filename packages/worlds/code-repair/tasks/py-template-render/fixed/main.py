"""Text templates with {{name}} and {{name|filter|filter}}."""


def apply_filter(value, name):
    """Apply one filter: upper, title, quote or default:text (for empty values)."""
    if name == "upper":
        return value.upper()
    if name == "title":
        return value.title()
    if name == "quote":
        return '"' + value + '"'
    if name.startswith("default:"):
        if value == "":
            return name[len("default:"):]
        return value
    raise ValueError("unknown filter: " + name)


def expand(expression, values):
    """The text for the inside of a placeholder; unknown names are empty."""
    name, *filters = [part.strip() for part in expression.split("|")]
    value = values.get(name, "")
    text = "" if value is None else str(value)
    for filter_name in filters:
        text = apply_filter(text, filter_name)
    return text


def render(template, values):
    """Replace all placeholders; the values are not expanded again."""
    pieces = []
    position = 0
    while True:
        start = template.find("{{", position)
        if start < 0:
            pieces.append(template[position:])
            return "".join(pieces)
        end = template.find("}}", start)
        if end < 0:
            raise ValueError("unclosed placeholder")
        pieces.append(template[position:start])
        pieces.append(expand(template[start + 2:end], values))
        position = end + 2
