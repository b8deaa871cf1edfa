"""Errors of jobs. Fatal ones are special transient errors which do not go away."""


class Transient(Exception):
    pass


class Fatal(Transient):
    pass


def raise_outcome(kind):
    """Raise the error for "busy", "timeout", "denied" or "invalid"."""
    if kind in ("busy", "timeout"):
        raise Transient(kind)
    raise Fatal(kind)
