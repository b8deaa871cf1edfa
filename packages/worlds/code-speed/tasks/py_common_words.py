def common_words(first, second):
    """Words that stand in both texts, each once, in the order of the first."""
    result = []
    for word in first.lower().split():
        if word in second.lower().split():
            if word not in result:
                result.append(word)
    return result
