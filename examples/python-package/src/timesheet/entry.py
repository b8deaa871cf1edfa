from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Entry:
    """Time spent on a project, from `start` until just before `end`."""

    start: datetime
    end: datetime
    project: str

    def __post_init__(self):
        if self.end <= self.start:
            raise ValueError(f"{self.project}: an entry must end after it starts")

    @property
    def minutes(self):
        return int((self.end - self.start).total_seconds()) // 60
