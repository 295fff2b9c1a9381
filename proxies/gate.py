"""Where a browser on the server may not go: this machine, private networks, the cloud's metadata. Imports no Django.

A name that says so itself is refused in front of every exit, which resolves the others in its own network. Without an
exit the address counts that a name resolves to, at the connection itself: so neither a redirect nor a name that
resolves to something else at the second look (DNS rebinding) leads inside.
"""

import asyncio
import ipaddress
import re
import socket

from jobswipe.addresses import is_open

LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
NUMBER = re.compile(r"[\d.]+|0x[\da-f.x]+")  # 127.1, 2130706433, 0x7f.1: addresses in other words


class Forbidden(Exception):
    """A host inside."""


def says_private(host: str) -> bool:
    """Tell whether the name itself leads inside."""
    host = host.casefold().rstrip(".").strip("[]")
    try:
        return not is_public(host)
    except ValueError:
        return "." not in host or host.endswith(LOCAL) or NUMBER.fullmatch(host) is not None


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open network. Raises ValueError for what is none."""
    return is_open(ipaddress.ip_address(address.partition("%")[0]))


async def connect(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first public address of a host. Raises Forbidden without one, OSError when none answers."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(row[4][0]) for row in found if is_public(str(row[4][0]))]
    if not addresses:
        raise Forbidden(host)
    for address in addresses[:-1]:
        try:
            return await asyncio.open_connection(address, port)
        except OSError:
            continue
    return await asyncio.open_connection(addresses[-1], port)
