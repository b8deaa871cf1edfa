"""Lists for the people who walk through the shelves."""


def shelf_key(shelf):
    """Sorts "B2-10" after "B2-9": letters, then numbers by value."""
    aisle, _, place = shelf.partition("-")
    letters = aisle.rstrip("0123456789")
    return (letters, int(aisle[len(letters) :] or 0), int(place or 0))


def picklist(lines, shelves):
    """Lines of (shelf, sku, quantity) in walking order; unknown shelves come last."""
    known = [(shelves[sku], sku, n) for sku, n in lines.items() if sku in shelves]
    lost = [("?", sku, n) for sku, n in sorted(lines.items()) if sku not in shelves]
    return sorted(known, key=lambda line: (shelf_key(line[0]), line[1])) + lost
