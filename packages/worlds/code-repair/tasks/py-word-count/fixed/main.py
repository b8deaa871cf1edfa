"""Word statistics."""

PUNCTUATION = ".,;:!?\"()"


def tokenize(text):
    """Words in lower case without punctuation around them."""
    words = []
    for raw in text.split():
        word = raw.strip(PUNCTUATION).lower()
        if word:
            words.append(word)
    return words


def word_counts(text, stop_words=()):
    """How often each word occurs, except for the stop words."""
    stop = {word.lower() for word in stop_words}
    counts = {}
    for word in tokenize(text):
        if word not in stop:
            counts[word] = counts.get(word, 0) + 1
    return counts


def top_words(text, limit, stop_words=()):
    """The most frequent words with counts, equal counts in order of the alphabet."""
    counts = word_counts(text, stop_words)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [[word, count] for word, count in ranked[:limit]]


def unique_ratio(text):
    """Share of different words among all words; 0 for an empty text."""
    words = tokenize(text)
    return len(set(words)) / len(words) if words else 0
