"""What reading a resume gives: proposals, each with the words that it was read from."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One proposal for the profile. `field` is a column of Candidate; `value` has that column's shape."""

    field: str
    value: Any
    read: str
    sure: bool = True  # False: the person is asked to look twice

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
