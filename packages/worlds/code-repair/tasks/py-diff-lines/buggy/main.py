"""A line diff on top of the longest common subsequence."""


def lcs_table(old, new):
    """table[i][j]: length of the common subsequence of old[i:] and new[j:]."""
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, 0, -1):
        for j in range(len(new) - 1, -1, -1):
            if old[i] == new[j]:
                table[i][j] = table[i + 1][j + 1] + 1
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    return table


def diff(old, new):
    """Lines with the marks " ", "-" and "+"; removals come before additions."""
    table = lcs_table(new, old)
    lines = []
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            lines.append("  " + old[i])
            i += 1
            j += 1
        elif table[i + 1][j] >= table[i][j + 1]:
            lines.append("- " + old[i])
            i += 1
        else:
            lines.append("+ " + new[j])
            j += 1
    lines.extend("- " + line for line in old[i:])
    lines.extend("+ " + line for line in new[j:])
    return lines


def stats(old, new):
    """How many lines were kept, removed and added."""
    marks = [line[0] for line in diff(old, new)]
    return {"kept": marks.count(" "), "removed": marks.count("-"), "added": marks.count("+")}
