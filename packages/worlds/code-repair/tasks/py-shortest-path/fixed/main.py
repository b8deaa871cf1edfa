"""Shortest paths between towns, with Dijkstra's algorithm."""
import heapq


def build_graph(roads):
    """Roads are [from, to, length] and can be used in both directions."""
    graph = {}
    for start, end, length in roads:
        graph.setdefault(start, []).append((end, length))
        graph.setdefault(end, []).append((start, length))
    return graph


def shortest_path(roads, source, target):
    """{"length", "path"} of a shortest path, or None when there is none."""
    graph = build_graph(roads)
    best = {source: 0}
    came_from = {}
    heap = [(0, source)]
    while heap:
        distance, node = heapq.heappop(heap)
        if distance > best[node]:
            continue
        if node == target:
            break
        for neighbour, length in graph.get(node, []):
            candidate = distance + length
            if neighbour not in best or candidate < best[neighbour]:
                best[neighbour] = candidate
                came_from[neighbour] = node
                heapq.heappush(heap, (candidate, neighbour))
    if target not in best:
        return None
    path = [target]
    while path[-1] != source:
        path.append(came_from[path[-1]])
    return {"length": best[target], "path": path[::-1]}
