"""Splitting and joining of CSV lines (RFC 4180 quoting)."""


def split_line(line, delimiter=","):
    """Split one line; quoted fields may hold delimiters and doubled quotes."""
    fields = []
    current = []
    quoted = False
    i = 0
    while i < len(line):
        char = line[i]
        if char == '"':
            if quoted and line[i + 1:i + 2] == '"':
                current.append('"')
                i += 1
            else:
                quoted = not quoted
        elif char == delimiter and not quoted:
            fields.append("".join(current))
            current = []
        else:
            current.append(char)
        i += 1
    if quoted:
        raise ValueError("unterminated quote")
    fields.append("".join(current))
    return fields


def join_line(fields, delimiter=","):
    """The opposite of split_line; quotes only where needed."""
    cells = []
    for field in fields:
        if delimiter in field or '"' in field:
            field = '"' + field.replace('"', '""') + '"'
        cells.append(field)
    return delimiter.join(cells)
