def distances(edges, start):
    """Steps from a start to every node that can be reached, edges taken in both directions."""
    seen = [start]
    steps = {start: 0}
    queue = [start]
    while queue:
        node = queue.pop(0)
        neighbours = [b for a, b in edges if a == node] + [a for a, b in edges if b == node]
        for other in neighbours:
            if other not in seen:
                seen.append(other)
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps
