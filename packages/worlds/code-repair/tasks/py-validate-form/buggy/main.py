"""Form validation: all problems of all fields are reported."""
from rules import check_rule


def field_errors(name, value, rules):
    """Messages of all rules that the value of a field breaks."""
    if value is None or value == "":
        return [name + ": required"] if "required" in rules else []
    errors = []
    for rule in rules:
        message = check_rule(rule, value)
        if message:
            errors.append(name + ": " + message)
            return errors
    return errors


def validate(form, schema):
    """Errors in the order of the schema, then unknown fields by name."""
    errors = []
    for name, rules in schema.items():
        errors.extend(field_errors(name, form.get(name), rules))
    for name in sorted(form):
        if name not in schema:
            errors.append(name + ": unknown field")
    return errors
