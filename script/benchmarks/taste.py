"""How well the deck ranks held-out swipes: by age, by the profile alone, with what it learned, and by vectors of words.

People are made up, since there are no swipes of real ones: each wants some kinds of work, one way of working and one
rank, and decides by that with a tenth of chance. Postings are those of the demo, or of a file of JSON lines that is
named. Of 200 decisions of each, 120 are learned from and 80 are ranked. The figure is the share of pairs (one wanted,
one passed) in which the wanted one comes first: 0.5 is chance. Vectors are TF-IDF over titles, skills and descriptions,
wanted ones minus passed ones (Rocchio): what a column of pgvector would be asked, without a trained model.
"""

import json
import math
import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from script.benchmarks.figures import print_machine, show

PEOPLE, DECISIONS, LEARNED = 60, 200, 120
CHANCE = 0.1  # of a decision the other way
Vector = dict[str, float]


def load() -> list[Any]:
    from django.utils import timezone

    from automation.demo.postings import postings
    from jobs.importing.files import parse_flat
    from jobs.importing.posting import posting_of

    if len(sys.argv) < 2:
        return list(postings(timezone.now()))
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    return [posting_of(parse_flat(json.loads(line), "")) for line in lines]


def row_of(number: int, one: Any) -> Any:
    from django.utils import timezone

    from jobs.taste import Row

    age = (timezone.now() - one.posted_at).total_seconds() / 86_400 if one.posted_at else None
    company = sum(map(ord, one.company or one.apply_url.split("/")[3]))
    return Row(number, one.title, company, one.family, one.seniority, one.country, one.places, one.work_mode,
               one.keywords, None, "", age, number)  # fmt: skip


def vectors_of(texts: Sequence[str]) -> list[Vector]:
    from jobs.normalize.text import plain_of
    from jobs.normalize.titles import words

    counted = [Counter(words(plain_of(text))) for text in texts]
    seen = Counter(word for one in counted for word in one)
    return [
        _unit({word: (1 + math.log(n)) * math.log(len(texts) / seen[word]) for word, n in one.items()})
        for one in counted
    ]


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1
    return {word: value / length for word, value in vector.items()}


def difference(liked: Sequence[Vector], passed: Sequence[Vector]) -> Vector:
    total: Vector = {}
    for group, sign in ((liked, 1), (passed, -1)):
        for vector in group:
            for word, value in vector.items():
                total[word] = total.get(word, 0) + sign * value / len(group)
    return _unit(total)


def cosine(one: Vector, other: Vector) -> float:
    return sum(value * other.get(word, 0) for word, value in one.items())


def share_in_order(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    liked = [score for score, is_wanted in zip(scores, wanted, strict=True) if is_wanted]
    passed = [score for score, is_wanted in zip(scores, wanted, strict=True) if not is_wanted]
    pairs = [(high > low) + (high == low) / 2 for high in liked for low in passed]
    return sum(pairs) / len(pairs) if pairs else math.nan


def measure(rows: list[Any], vectors: list[Vector], chance: random.Random) -> dict[str, float] | None:
    """Return each way's figure for one made-up person; None for one who wants all or nothing of a half."""
    from jobs.taste import Taste, judge, learned

    family, other = chance.sample(sorted({row.family for row in rows if row.family}), 2)
    mode, rank = chance.choice(["remote", "hybrid", ""]), chance.choice(["", "senior", "manager", "entry"])

    def wants(row: Any) -> bool:
        points = 2 * (row.family == family) + (row.family == other) + (mode != "" and row.work_mode == mode)
        points += (rank != "" and row.seniority == rank) - 1.5
        return bool((points > 0) != (chance.random() < CHANCE))

    numbers = chance.sample(range(len(rows)), DECISIONS)
    decided = {number: wants(rows[number]) for number in numbers}
    before, after = numbers[:LEARNED], numbers[LEARNED:]
    if len({decided[one] for one in before}) < 2 or len({decided[one] for one in after}) < 2:
        return None
    said = Taste(family=family, mode=mode)
    things = [(decided[n], rows[n].family, rows[n].company_id, rows[n].work_mode, rows[n].seniority) for n in before]
    both = Taste(family=family, mode=mode, learned=learned(things))
    away = difference([vectors[n] for n in before if decided[n]], [vectors[n] for n in before if not decided[n]])

    def points(taste: Taste, number: int) -> float:
        return sum(reason.points for reason in judge(taste, rows[number]))

    ways: dict[str, Callable[[int], float]] = {
        "newest first": lambda n: points(Taste(), n),
        "vectors of words": lambda n: cosine(away, vectors[n]),
        "learned alone": lambda n: points(Taste(learned=both.learned), n),
        "profile alone": lambda n: points(said, n),
        "profile and vectors": lambda n: points(said, n) + 40 * cosine(away, vectors[n]),
        "profile and learned (the deck)": lambda n: points(both, n),
    }
    return {name: share_in_order([way(n) for n in after], [decided[n] for n in after]) for name, way in ways.items()}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobswipe.settings")
    import django

    django.setup()
    print_machine()
    found = load()
    rows = [row_of(number, one) for number, one in enumerate(found)]
    vectors = vectors_of([f"{one.title} {' '.join(one.keywords)} {one.description}" for one in found])
    chance = random.Random(11)
    told = [one for _ in range(PEOPLE) if (one := measure(rows, vectors, chance))]
    print(f"{len(rows):,} postings, {len(told)} people, pairs in order:")
    for name in told[0]:
        show(f"  {name}", sum(one[name] for one in told) / len(told))


if __name__ == "__main__":
    main()
