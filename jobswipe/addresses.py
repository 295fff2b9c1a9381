"""Which addresses are of the open network, whatever they are wrapped in. Imports no Django."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 addresses whose last 32 bits are where a translator leads to: NAT64 (RFC 6052), SIIT (RFC 2765), and the
# IPv4-compatible ones (RFC 4291, 2.5.5.1). Python knows mapped ones and 6to4 by itself.
TRANSLATED = [ipaddress.ip_network(one) for one in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96")]


def unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one leads to, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if not inner and int(address) > 1 and any(address in network for network in TRANSLATED):
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def is_open(address: Address) -> bool:
    """Say whether it is an address of the open network, and of one machine."""
    inner = unwrapped(address)
    return inner.is_global and not inner.is_multicast
