"""JavaScript that runs in pages is kept in files of its own, beside the module that uses it."""

from pathlib import Path


def beside(module: str, *names: str) -> str:
    """Return the text of the scripts `names`, one after another, in the folder of `module`, a `__file__`."""
    return "\n".join(Path(module).parent.joinpath(name).read_text() for name in names)
