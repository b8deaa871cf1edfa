"""Parsing of --name=value options with a type table."""

TRUE_WORDS = {"1", "yes", "true", "on"}
FALSE_WORDS = {"0", "no", "false", "off"}


def to_bool(text):
    word = text.lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError("not a switch: " + text)


CONVERTERS = {"bool": bool, "int": int, "str": str, "list": lambda text: text.split(",")}


def parse_options(words, types):
    """{"options", "rest"}: options are converted, other words are kept.

    A bare --name switches a bool on, --no-name switches it off. After "--"
    everything is kept as it is.
    """
    options = {}
    rest = []
    for i, word in enumerate(words):
        if word == "--":
            rest.extend(words[i + 1:])
            break
        if not word.startswith("--"):
            rest.append(word)
            continue
        name, equals, value = word[2:].partition("=")
        if not equals and name.startswith("no-"):
            name, value = name[3:], "off"
        elif not equals:
            value = "on"
        if name not in types:
            raise KeyError(name)
        options[name] = CONVERTERS[types[name]](value)
    return {"options": options, "rest": rest}
