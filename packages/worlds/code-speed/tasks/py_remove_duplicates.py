def remove_duplicates(rows):
    """Rows without repetition, in order; two rows are the same when both their cells are."""
    kept = []
    for row in rows:
        duplicate = False
        for other in kept:
            if other[0] == row[0] and other[1] == row[1]:
                duplicate = True
        if not duplicate:
            kept.append(row)
    return kept
