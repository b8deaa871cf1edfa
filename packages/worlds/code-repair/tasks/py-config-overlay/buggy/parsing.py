"""Parsing of override lines."""
import json


def parse_value(text):
    """JSON where it is valid JSON, else the text itself."""
    try:
        return json.loads(text)
    except TypeError:
        return text


def parse_override(line):
    """Path and value of a line "a.b.c=value"."""
    name, equals, text = line.partition("=")
    path = [part.strip() for part in name.split(".")]
    if not equals or not all(path):
        raise ValueError("bad override: " + line)
    return path, parse_value(text.strip())
