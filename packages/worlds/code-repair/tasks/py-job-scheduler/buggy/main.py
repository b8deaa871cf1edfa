"""Assignment of jobs to workers by priority."""
import heapq


class JobQueue:
    """Jobs come out by priority, equal ones in the order they went in."""

    def __init__(self):
        self.heap = []
        self.counter = 0

    def push(self, name, priority, cost):
        heapq.heappush(self.heap, (-priority, self.counter, name, cost))

    def pop(self):
        _, _, name, cost = heapq.heappop(self.heap)
        return name, cost


def assign(jobs, worker_count, limit):
    """Give each job [name, priority, cost] to the worker that is free first.

    Jobs that would not be done by `limit` are rejected. The plan has
    [name, worker, start] in the order of the assignment.
    """
    queue = JobQueue()
    for name, priority, cost in jobs:
        queue.push(name, priority, cost)
    workers = [(0, number) for number in range(worker_count)]
    plan = []
    rejected = []
    while queue.heap:
        name, cost = queue.pop()
        free_at, worker = workers.pop()
        if free_at + cost >= limit:
            rejected.append(name)
            cost = 0
        else:
            plan.append([name, worker, free_at])
        heapq.heappush(workers, (free_at + cost, worker))
    return {"plan": plan, "rejected": rejected}
