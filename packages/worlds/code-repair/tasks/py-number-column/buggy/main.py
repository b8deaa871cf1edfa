"""Numbers from the text cells of a spreadsheet column."""

MISSING = {"", "-", "n/a"}


def parse_cell(text):
    """A number; "(5)" is -5 and "5%" is 0.05. ValueError for anything else."""
    text = text.strip().replace(",", "")
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1]
    percent = text.endswith("%")
    number = float(text[:-1] if percent else text)
    if percent:
        number /= 100
    return -number if negative else number


def summarize(cells):
    """Sum of the numbers; how many cells are missing, and the rows of bad ones."""
    total = 0
    missing = 0
    bad = []
    for row, cell in enumerate(cells, start=1):
        if cell.strip().lower() in MISSING:
            missing += 1
            continue
        try:
            total += parse_cell(cell)
        except TypeError:
            bad.append(row)
    return {"sum": total, "missing": missing, "bad": bad}
