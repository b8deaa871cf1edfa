"""Which requests a rule is about."""


def resource_matches(pattern, resource):
    """A pattern is a full name, or a prefix that ends with "*"."""
    if pattern.endswith("*"):
        return resource.startswith(pattern[:-1])
    return resource == pattern


def applies(rule, request):
    """User (if the rule names any), action and resource all have to match."""
    users = rule.get("users")
    if users is not None and request["user"] not in users:
        return False
    actions = rule["actions"]
    if not ("*" in actions or request["action"] in actions):
        return False
    return resource_matches(rule["resource"], request["resource"])
