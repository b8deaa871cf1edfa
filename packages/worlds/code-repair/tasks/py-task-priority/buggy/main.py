"""A task board: which tasks come next, and for whom."""
from dataclasses import dataclass, field


@dataclass
class Task:
    name: str
    priority: int
    effort: int
    needs: list = field(default_factory=list)
    done: bool = False


def load(rows):
    """Tasks by name from rows of keyword values."""
    tasks = {}
    for row in rows:
        task = Task(**row)
        tasks[task.name] = task
    return tasks


def is_ready(task, tasks):
    """Open, and everything it needs is done."""
    return not task.done and all(tasks[name].done for name in task.needs)


def next_tasks(rows):
    """Names of the ready tasks: high priority first, then little effort, then name."""
    tasks = load(rows)
    ready = [task for task in tasks.values() if is_ready(task, tasks)]
    ready.sort(key=lambda task: (-task.priority, task.name, task.name))
    return [task.name for task in ready]


def open_effort(rows):
    """Total effort of everything that is not done."""
    return sum(task.effort for task in load(rows).values() if not task.done)
