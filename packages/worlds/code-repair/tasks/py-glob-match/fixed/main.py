"""Simple glob patterns: "*" any run, "?" one character, "[abc]" a set, "[!abc]" its opposite."""


def parse_set(pattern, start):
    """Parse the set that opens at start; (characters, negated, end)."""
    end = pattern.find("]", start + 1)
    if end < 0:
        raise ValueError("unterminated set")
    body = pattern[start + 1:end]
    negated = body.startswith("!")
    return (body[1:] if negated else body), negated, end + 1


def glob_match(pattern, name, p=0, n=0):
    """True when the whole name matches the pattern."""
    while p < len(pattern):
        token = pattern[p]
        if token == "*":
            return any(glob_match(pattern, name, p + 1, k) for k in range(n, len(name) + 1))
        if n == len(name):
            return False
        if token == "[":
            characters, negated, p = parse_set(pattern, p)
            if (name[n] in characters) == negated:
                return False
        else:
            if token != "?" and token != name[n]:
                return False
            p += 1
        n += 1
    return n == len(name)


def filter_names(pattern, names):
    """The matching names, in order."""
    return [name for name in names if glob_match(pattern, name)]
