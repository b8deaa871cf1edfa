"""URL slugs for article titles."""

WORDS_TO_DROP = {"a", "an", "the", "of"}


def words_of(title):
    """Lower-case words of a title, split at spaces and punctuation; apostrophes are dropped."""
    words = []
    current = ""
    for char in title.lower():
        if char.isalnum():
            current += char
        elif current and char != "'":
            words.append(current)
            current = ""
    if current:
        words.append(current)
    return words


def slugify(title, max_length=30):
    """Join the words with dashes; words that do not fit are cut off whole."""
    words = words_of(title)
    kept = [word for word in words if word not in WORDS_TO_DROP]
    slug = ""
    for word in kept or words:
        candidate = slug + "-" + word if slug else word
        if len(candidate) > max_length:
            break
        slug = candidate
    return slug


def unique_slugs(titles):
    """Slugs for all titles; repeated ones get the suffix -2, -3, ..."""
    seen = {}
    result = []
    for title in titles:
        slug = slugify(title) or "untitled"
        seen[slug] = seen.get(slug, 0) + 1
        result.append(slug if seen[slug] == 1 else "%s-%d" % (slug, seen[slug]))
    return result
