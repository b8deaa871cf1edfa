"""Single validation rules such as "min:3", "max:10", "digits", "email"."""


def check_rule(rule, value):
    """The message when the value breaks the rule, else None."""
    kind, _, argument = rule.partition(":")
    if kind == "required":
        return None
    if kind == "min":
        return "too short" if len(value) < int(argument) else None
    if kind == "max":
        return "too long" if len(value) > int(argument) else None
    if kind == "digits":
        return None if value.isdigit() else "digits only"
    if kind == "email":
        user, at, host = value.partition("@")
        return None if user and at and "." in host else "not an address"
    raise ValueError("unknown rule: " + rule)
