"""Which machines a host name leads to, judged before anybody connects."""

import socket
from ipaddress import ip_address

from shop.webhooks.rules import BadTarget, Target, is_public


class Forbidden(BadTarget):
    """The name leads, with one of its addresses at least, into a network that is not public."""


def public_addresses(target: Target, *, private_allowed: bool) -> list[str]:
    """Look a host up once and return its addresses, to connect to these and no others.

    Raises Forbidden where any of them is not public, OSError where the name leads nowhere.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except UnicodeError as problem:
        raise OSError("This is no host name") from problem
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private_allowed and not all(is_public(ip_address(address)) for address in addresses):
        raise Forbidden("This host lies inside a private or reserved network.")
    return addresses
