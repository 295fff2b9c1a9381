"""JavaScript that runs in pages is kept in files of its own, beside the module that uses it."""

from pathlib import Path


def beside(module: str, name: str) -> str:
    """Return the text of the script `name` in the folder of `module`, a `__file__`."""
    return Path(module).with_name(name).read_text()
