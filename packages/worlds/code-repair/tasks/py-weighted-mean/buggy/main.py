"""Course grades: weighted categories, the worst results of each can be dropped."""


def kept_scores(scores, drop):
    """Scores without the `drop` lowest ones; a single score is always kept."""
    drop = min(drop, max(0, len(scores) - 1))
    return sorted(scores)[drop:]


def category_mean(category):
    scores = kept_scores(category["scores"], category.get("drop", 0))
    return sum(scores) / len(scores)


def course_grade(categories):
    """Weighted mean of the categories that have scores; None without any."""
    total = 0
    weight = 0
    for category in categories:
        total += category["weight"] * category_mean(category)
        weight += category["weight"]
    if weight == 0:
        return None
    return round(total / weight, 2)
