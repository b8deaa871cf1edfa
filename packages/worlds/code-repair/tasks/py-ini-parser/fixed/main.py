"""A parser for INI files: sections, key = value lines, comments and continuations."""


def strip_comment(line):
    """Drop a trailing comment that is set off by a blank."""
    for marker in (" ;", " #"):
        index = line.find(marker)
        if index >= 0:
            line = line[:index]
    return line.rstrip()


def parse_ini(text):
    """{section: {key: value}}; keys before any section are put under ""."""
    sections = {"": {}}
    section = ""
    key = None
    for number, raw in enumerate(text.split("\n"), start=1):
        line = strip_comment(raw)
        if not line or line[0] in ";#":
            continue
        if line[0] in " \t" and key is not None:
            joined = sections[section][key] + " " + line.strip()
            sections[section][key] = joined.strip()
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip()
            sections.setdefault(section, {})
            key = None
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ValueError("line %d: expected key = value" % number)
        key = name.strip().lower()
        sections[section][key] = value.strip()
    return sections
