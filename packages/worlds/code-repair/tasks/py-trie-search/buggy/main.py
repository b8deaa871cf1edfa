"""A trie with prefix completion."""


class Trie:
    def __init__(self):
        self.children = {}
        self.count = 0

    def insert(self, word):
        """Add a word; adding it again raises its count."""
        node = self
        for char in word:
            node = node.children.setdefault(char, Trie())
        node.count += 1

    def find(self, prefix):
        """The node of a prefix, or None."""
        if not prefix:
            return self
        child = self.children.get(prefix[0])
        if child is None:
            return None
        child.find(prefix[1:])

    def words(self, prefix=""):
        """All words below this node with their counts, in order."""
        found = [(prefix, self.count)] if self.count else []
        for char in sorted(self.children):
            found.extend(self.children[char].words(prefix + char))
        return found


def complete(words, prefix, limit=10):
    """Words that start with prefix, most frequent first, then in order."""
    trie = Trie()
    for word in words:
        trie.insert(word)
    node = trie.find(prefix)
    if node is None:
        return []
    ranked = sorted(node.words(prefix), key=lambda item: -item[1])
    return [word for word, _ in ranked[:limit]]
