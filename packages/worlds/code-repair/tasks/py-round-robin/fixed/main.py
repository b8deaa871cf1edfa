"""A round robin scheduler: every job gets a time slice in turn."""
from collections import deque


def schedule(jobs, slice_length):
    """Run jobs [name, arrival, length]; list of [name, start, end] slices.

    Jobs that arrive while another one runs are queued before it.
    """
    waiting = deque(sorted(jobs, key=lambda job: job[1]))
    queue = deque()
    slices = []
    time = 0
    while waiting or queue:
        if not queue:
            time = max(time, waiting[0][1])
        while waiting and waiting[0][1] <= time:
            name, _, length = waiting.popleft()
            queue.append([name, length])
        name, rest = queue.popleft()
        used = min(rest, slice_length)
        slices.append([name, time, time + used])
        time += used
        while waiting and waiting[0][1] <= time:
            other, _, length = waiting.popleft()
            queue.append([other, length])
        if rest > used:
            queue.append([name, rest - used])
    return slices


def finish_times(jobs, slice_length):
    """End of the last slice of each job."""
    finished = {}
    for name, _, end in schedule(jobs, slice_length):
        finished[name] = end
    return finished
