"""Set operations on sorted lists without duplicates."""


def merge(left, right):
    """All elements of both lists, sorted; shared ones appear once."""
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            result.append(left[i])
            i += 1
            j += 1
        elif left[i] < right[j]:
            result.append(left[i])
            i += 1
        else:
            result.append(right[j])
            j += 1
    return result + left[i:] + right[j:]


def changes(old, new):
    """Elements that came and went, as {"added": [...], "removed": [...]}."""
    added, removed = [], []
    for element in merge(old, new):
        if element in old and element in new:
            continue
        if element in old:
            added.append(element)
        else:
            removed.append(element)
    return {"added": added, "removed": removed}


def merge_all(lists):
    """Merge any number of lists, in pairs."""
    if len(lists) < 2:
        return list(lists[0]) if lists else []
    middle = len(lists) // 2
    return merge(merge_all(lists[:middle]), merge_all(lists[middle:]))
