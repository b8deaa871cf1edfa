"""Settings with overrides such as "server.port=8080"."""
import copy

from parsing import parse_override


def set_path(settings, path, value):
    """Set a value at a path; tables on the way are made where there are none."""
    node = settings
    for part in path[:-1]:
        if not isinstance(node.get(part), dict):
            node[part] = {}
        node = node[part]
    node[path[-1]] = value


def overlay(base, overrides):
    """Settings with all overrides applied in order; base stays as it is."""
    settings = copy.deepcopy(base)
    for line in overrides:
        path, value = parse_override(line)
        set_path(settings, path, value)
    return settings


def changed_keys(base, overrides):
    """Top level keys whose value differs after the overrides, sorted."""
    settings = overlay(base, overrides)
    return sorted(key for key in settings if settings[key] != base.get(key))
