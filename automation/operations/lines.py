"""What the web processes of this machine tell of their open lines and of how fast events come through."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import inf

from jobswipe.metrics import processes


@dataclass
class Lines:
    """Counted since the processes have started: by those of PROMETHEUS_MULTIPROC_DIR, else by the one that is asked."""

    open: dict[str, int] = field(default_factory=dict)  # now, by what they carry
    opened: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    again: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # of those: had one before
    delivered: dict[float, int] = field(default_factory=lambda: defaultdict(int))  # events within so many seconds

    def within(self, share: float) -> float | None:
        """Return the seconds (the end of a bucket) in which so many of all events were delivered."""
        events = self.delivered.get(inf, 0)
        reached = (seconds for seconds, count in sorted(self.delivered.items()) if count >= share * events)
        return next(reached) if events else None


def read() -> Lines:
    told = Lines()
    for sample in (sample for family in processes().collect() for sample in family.samples):
        line, count = sample.labels.get("line", ""), int(sample.value)
        match sample.name:
            case "jobswipe_sockets":
                told.open[line] = count
            case "jobswipe_sockets_opened_total":
                told.opened[line] += count
                told.again[line] += count if sample.labels["again"] == "true" else 0
            case "jobswipe_event_delivery_seconds_bucket":
                told.delivered[float(sample.labels["le"])] += count
    return told
