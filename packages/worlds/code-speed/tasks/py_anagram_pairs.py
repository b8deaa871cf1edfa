def anagram_pairs(words):
    """Number of pairs of words made of the same letters."""
    count = 0
    for i, first in enumerate(words):
        for second in words[i + 1:]:
            if sorted(first) == sorted(second):
                count += 1
    return count
