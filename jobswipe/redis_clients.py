"""Clients of the Redis servers that are asked by hand: those of the live keys and of the channel layer's hosts.

None waits long: what these servers hold may vanish at any moment, and nobody is kept waiting for it.
"""

from functools import cache

from redis import Redis
from redis.backoff import NoBackoff
from redis.cluster import ClusterNode, RedisCluster
from redis.exceptions import RedisClusterException, RedisError
from redis.retry import Retry

UNREACHABLE = (RedisError, RedisClusterException, OSError)
CLUSTER = "+cluster"  # redis+cluster://:password@host:port,host:port, with TLS rediss+cluster://


@cache
def redis_now(url: str) -> "Redis | RedisCluster":
    """Return a client of the server that gives up soon. Raises one of UNREACHABLE for a cluster that is away."""
    return client_of(url, connect=0.5, answer=1)


def ask(url: str, *, patience: float) -> None:
    """Raise one of UNREACHABLE unless the server answers within so many seconds, of a cluster each primary."""
    with client_of(url, connect=patience, answer=patience) as client:
        if isinstance(client, RedisCluster):
            client.ping(target_nodes=RedisCluster.PRIMARIES)
        else:
            client.ping()


def client_of(url: str, *, connect: float, answer: float) -> "Redis | RedisCluster":
    """Return a client that waits so many seconds for a connection, and for an answer."""
    scheme, _, rest = url.partition("://")
    if not scheme.endswith(CLUSTER):
        return Redis.from_url(url, socket_connect_timeout=connect, socket_timeout=answer)
    sign_in, at, hosts = rest.partition("/")[0].rpartition("@")
    first, *others = (host.rpartition(":") for host in hosts.split(","))
    return RedisCluster.from_url(
        f"{scheme.removesuffix(CLUSTER)}://{sign_in}{at}{''.join(first)}",
        startup_nodes=[ClusterNode(host, int(port)) for host, _, port in others],  # type: ignore[no-untyped-call]
        retry=Retry(NoBackoff(), 1),  # once more, when the slots have moved
        socket_connect_timeout=connect,
        socket_timeout=answer,
    )
