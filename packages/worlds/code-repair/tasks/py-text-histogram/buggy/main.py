"""Horizontal histograms of survey answers."""


def normalize(answer):
    """Answers only count by their words: case and extra blanks do not matter."""
    return " ".join(answer.split())


def tally(answers):
    """Answer and count, most frequent first, equal counts by name; empty answers are ignored."""
    counts = {}
    for answer in answers:
        key = normalize(answer)
        if key:
            counts[key] = counts.get(key, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def bar(count, largest, width):
    """A bar in proportion to the largest count, at least one mark long."""
    return "#" * max(1, count * width // largest)


def histogram(answers, width=10):
    """One line per answer: "label | #### 4", labels are padded to equal length."""
    rows = tally(answers)
    if not rows:
        return []
    largest = rows[0][1]
    label_width = max(len(label) for label, _ in rows)
    lines = []
    for label, count in rows:
        lines.append("%s | %s %d" % (label.rjust(label_width), bar(count, largest, width), count))
    return lines
