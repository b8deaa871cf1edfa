"""A calculator for whole numbers with + - * ( ) and unary minus."""


def tokenize(text):
    """Numbers as int, everything else as one-character strings."""
    tokens = []
    i = 0
    while i < len(text):
        char = text[i]
        if char.isdigit():
            start = i
            while i < len(text) and text[i].isdigit():
                i += 1
            tokens.append(int(text[start:i]))
            continue
        if char in "+-*()":
            tokens.append(char)
        elif char != " ":
            raise ValueError("unexpected character: " + char)
        i += 1
    return tokens


def parse_factor(tokens):
    if not tokens:
        raise ValueError("unexpected end")
    token = tokens.pop(0)
    if token == "-":
        return -parse_factor(tokens)
    if token == "(":
        value = parse_sum(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise ValueError("missing )")
        return value
    if isinstance(token, int):
        return token
    raise ValueError("unexpected " + token)


def parse_product(tokens):
    value = parse_factor(tokens)
    while tokens and tokens[0] == "*":
        tokens.pop(0)
        value *= parse_factor(tokens)
    return value


def parse_sum(tokens):
    value = parse_product(tokens)
    while tokens and tokens[0] in ("+", "-"):
        sign = 1 if tokens.pop(0) == "+" else -1
        value += sign * parse_product(tokens)
    return value


def evaluate(text):
    tokens = tokenize(text)
    value = parse_sum(tokens)
    if tokens:
        raise ValueError("unexpected rest")
    return value
