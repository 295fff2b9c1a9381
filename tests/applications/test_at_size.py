"""What is asked all the time stays quick in a large database, and names whose it is."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import User
from tests.statements import Statement, hot_statements, plan_of

BIG = {
    "accounts_user", "accounts_candidate", "applications_swipe", "applications_application", "applications_event",
    "applications_eventcounter", "automation_attempt", "automation_logentry",
}  # fmt: skip


def read_whole(plan: dict[str, Any]) -> Iterator[str]:
    """Name the big tables that a plan reads from one end to the other."""
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in BIG:
        yield plan["Relation Name"]
    for part in plan.get("Plans", []):
        yield from read_whole(part)


def test_no_hot_statement_reads_a_big_table_whole(
    alice: User, bob: User, client_of: Callable[[User], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = hot_statements(alice, bob, client_of, monkeypatch)
    parts = {one.part for one in statements}
    assert parts >= {"swipe", "board", "deck", "feed", "claim of a computer", "sweep", "news"}
    whole = [f"{one.part}: {table}: {one.text}" for one in statements for table in read_whole(plan_of(one))]
    assert not whole, "\n".join(whole)


# ---------------------------------------------------------------- sharded by person

SHARDED = {
    "applications_swipe", "applications_application", "applications_eventcounter", "applications_event",
    "automation_attempt", "automation_logentry", "automation_evidence",
}  # fmt: skip
WHOSE = re.compile(
    r'SELECT "automation_attempt"."application_id".{0,25}, "automation_attempt"."user_id"'
)  # is this one?
OTHERS = {  # what does not name one person, by part and table, and why (docs/operate/growth.md, "Shards")
    ("sweep", "applications_application"): "looks at everybody's undo windows: each shard has its own",
    ("sweep", "automation_attempt"): "looks at everybody's leases: each shard has its own",
    ("news", "applications_eventcounter"): "looks for everybody's news: each shard has its own",
}


def names(statement: Statement, user: User) -> bool:
    """Whether it says that what it reads or writes of the sharded tables is this person's."""
    inserted = rf'INSERT INTO "\w+" \("user_id",.* VALUES \({user.pk},'
    read = rf'(user_id"?|person\.id) (= |IN \(){user.pk}\b'
    several = rf"(unnest|user_id = ANY)\('\{{{user.pk}(,{user.pk})*\}}'"  # rows for several people at once
    of_the_feed = rf'json_to_recordset\((?!.*"user_id": (?!{user.pk},))'  # lines of nobody else
    return re.search(f"{inserted}|{read}|{several}|{of_the_feed}", statement.text, re.DOTALL) is not None


def test_every_hot_statement_on_a_sharded_table_names_its_person(
    alice: User, bob: User, client_of: Callable[[User], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = hot_statements(alice, bob, client_of, monkeypatch)
    without = {
        (one.part, table): one.text
        for one in statements
        for table in sorted(SHARDED)
        if one.touches(table) and not WHOSE.match(one.text) and not names(one, alice)
    }
    told = "\n".join(f"{part}: {table}: {text}" for (part, table), text in without.items())
    assert set(without) == set(OTHERS), told
