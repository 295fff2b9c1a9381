"""Reads of jobs."""

from typing import NamedTuple

from jobs.normalize.titles import title_words, words

# ---------------------------------------------------------------- one posting on two boards


class Heading(NamedTuple):
    """What tells the postings of one employer apart."""

    title: str
    location: str


def is_same_posting(one: Heading, other: Heading) -> bool:
    """Tell whether two jobs of one employer look like one posting: the same title, and places that do not differ.

    A place that says less than the other ("Austin", "Austin, TX"), or nothing, does not differ from it.
    """
    if title_words(one.title) != title_words(other.title):
        return False
    here, there = words(one.location), words(other.location)
    return set(here) <= set(there) or set(there) <= set(here)
