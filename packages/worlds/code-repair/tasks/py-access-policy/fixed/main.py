"""Access policies: a request is allowed when a rule allows it and none denies it."""
from matching import applies


def decide(rules, request):
    """"allow", "deny" (by a rule) or "none" when no rule applies."""
    decision = "none"
    for rule in rules:
        if not applies(rule, request):
            continue
        if rule["effect"] == "deny":
            return "deny"
        decision = "allow"
    return decision


def visible_resources(rules, user, resources):
    """The resources that the user may read."""
    shown = []
    for resource in resources:
        request = {"user": user, "action": "read", "resource": resource}
        if decide(rules, request) == "allow":
            shown.append(resource)
    return shown
