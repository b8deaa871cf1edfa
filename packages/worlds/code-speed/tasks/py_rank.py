def ranks(scores):
    """Share of the scores that are lower, in whole percent."""
    result = []
    for score in scores:
        lower = len([other for other in scores if other < score])
        result.append(100 * lower // len(scores))
    return result
