"""What is wrong with a row from outside."""


class BadRow(Exception):
    """A posting that cannot be used; the sentence says why, to whoever gave it."""
