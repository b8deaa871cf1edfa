import re


def clean(lines, banned):
    """Lines with banned words starred out and blanks squeezed."""
    cleaned = []
    for line in lines:
        for word in banned:
            pattern = "|".join(sorted([re.escape(other) for other in banned], key=len, reverse=True))
            line = re.sub(r"\b(" + pattern + r")\b", lambda match: "*" * len(match.group(0)), line)
        cleaned.append(" ".join(line.split()))
    return cleaned
