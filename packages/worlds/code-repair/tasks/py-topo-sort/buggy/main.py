"""Build order of targets. Dependencies are {target: [targets it needs]}."""


def all_targets(dependencies):
    """Every target that is mentioned anywhere, in order of name."""
    names = set(dependencies)
    for needs in dependencies.values():
        names.update(needs)
    return sorted(names)


def build_order(dependencies):
    """All targets, each after what it needs. ValueError for a cycle."""
    order = []
    done = set()
    active = []

    def visit(name):
        if name in done:
            return
        if name in active:
            raise ValueError("cycle: " + " -> ".join(active + [name]))
        active.append(name)
        for need in sorted(dependencies.get(name, [])):
            visit(need)
        active.pop()
        order.append(name)

    for name in all_targets(dependencies):
        visit(name)
    return order


def affected_by(dependencies, changed):
    """Targets to build again when one changes, in build order."""
    dirty = {changed}
    for name in build_order(dependencies):
        if any(need in dirty for need in dependencies.get(name, [])):
            dirty.add(name)
    return [name for name in build_order(dependencies) if name in dirty]
