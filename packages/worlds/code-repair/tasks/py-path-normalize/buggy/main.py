"""Lexical operations on slash separated paths."""


def normalize(path):
    """Resolve "." and ".." without looking at a disk."""
    absolute = path.startswith("/")
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not absolute:
            parts.append(part)
    text = "/".join(parts)
    if absolute:
        return "/" + text
    return text or "."


def split_extension(path):
    """("a/b", ".txt"); a leading dot of a file name is no extension."""
    slash = path.rfind("/")
    dot = path.find(".")
    if dot <= slash + 1:
        return path, ""
    return path[:dot], path[dot:]


def relative(path, start):
    """`path` as seen from the directory `start`; both absolute."""
    target = [part for part in normalize(path).split("/") if part]
    origin = [part for part in normalize(start).split("/") if part]
    common = 0
    while common < min(len(target), len(origin)) and target[common] == origin[common]:
        common += 1
    parts = [".."] * (len(origin) - common) + target[common:]
    return "/".join(parts) or "."
