def format_number(value: float, digits: int = 10) -> str:
    """As few digits as needed, never "-0", and no ".0" behind whole numbers."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    text = f"{value:.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}e{int(exponent)}"
    return "0" if text in ("-0", "0") else text


def align(rows: list[tuple[str, str]]) -> str:
    """Names and values in two columns, the values to the right."""
    if not rows:
        return ""
    left = max(len(name) for name, _ in rows)
    right = max(len(value) for _, value in rows)
    return "\n".join(f"{name:<{left}} {value:>{right}}" for name, value in rows)
