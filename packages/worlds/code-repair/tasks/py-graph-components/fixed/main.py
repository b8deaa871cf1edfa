"""Connected components with a union-find structure."""


class Components:
    def __init__(self, nodes):
        self.parent = {node: node for node in nodes}
        self.size = {node: 1 for node in nodes}

    def find(self, node):
        """The representative of the component of a node."""
        while self.parent[node] != node:
            node = self.parent[node]
        return node

    def union(self, a, b):
        """Join two components; False when it was one already."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        return True


def component_sizes(nodes, edges):
    """Sizes of all components, large ones first."""
    components = Components(nodes)
    for a, b in edges:
        components.union(a, b)
    roots = [node for node in nodes if components.find(node) == node]
    return sorted((components.size[root] for root in roots), reverse=True)


def redundant_edges(nodes, edges):
    """Edges that join nothing new: loops, and those that close a cycle."""
    components = Components(nodes)
    redundant = []
    for a, b in edges:
        if a == b or not components.union(a, b):
            redundant.append([a, b])
    return redundant


def is_connected(nodes, edges):
    """True for a single component; an empty network counts as connected."""
    return not nodes or component_sizes(nodes, edges)[0] == len(nodes)
