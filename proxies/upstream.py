"""A proxy to go out by, as programs outside Django know it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Upstream:
    """Scheme (http, https, socks5), host, port; user and password never show in a representation or a log."""

    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
