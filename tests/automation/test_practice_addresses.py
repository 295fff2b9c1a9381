"""The demo can send applications to every practice employer, as many as it wants."""

from automation.demo.seed import practice_addresses
from automation.sandbox.catalogue import NAMES


def test_each_practice_employer_has_as_many_addresses_as_are_asked_for() -> None:
    addresses = practice_addresses(20)

    assert set(addresses) == set(NAMES)
    assert {len(set(one)) for one in addresses.values()} == {20}
    assert all(f"/{employer}/" in address for employer, known in addresses.items() for address in known)
