"""The desktop program: it waits for work, runs the engine on the person's own computer, and reports."""

__version__ = "0.1.0"
