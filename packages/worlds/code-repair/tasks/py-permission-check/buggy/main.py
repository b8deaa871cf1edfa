"""Who may do what with a document."""

LEVELS = {"viewer": 1, "editor": 2, "owner": 3}
REQUIRED = {"read": 1, "comment": 1, "write": 2, "share": 3, "delete": 3}


def role_of(user, document):
    """The role of the user on the document, or None."""
    if document["owner"] == user["name"]:
        return "owner"
    return document.get("members", {}).get(user["name"])


def is_allowed(user, action, document):
    """True when the user may perform the action.

    Administrators may do anything except with locked documents, which only
    can be read. Public documents can be read by everyone.
    """
    if action not in REQUIRED:
        raise KeyError(action)
    if document.get("locked") and action != "read":
        return False
    if user.get("admin"):
        return True
    if document.get("public") or action == "read":
        return True
    role = role_of(user, document)
    return role is not None and LEVELS[role] >= REQUIRED[action]


def allowed_actions(user, document):
    """All actions the user may perform, in alphabetical order."""
    return [action for action in sorted(REQUIRED) if is_allowed(user, action, document)]
