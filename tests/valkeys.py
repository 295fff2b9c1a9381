"""Valkey servers of a test's own, beside the one that all tests share. Each is stopped by its pid."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from redis import Redis

from jobswipe.embedded.programs import Valkey
from script.trial.servers import Server
from tests.processes import free_port, until

SLOTS = 16384  # of a cluster


@contextmanager
def some(names: list[str], folder: Path) -> Iterator[list[Server]]:
    """Run a server for each name. They know nothing of each other."""
    with ExitStack() as stack:
        yield [_until_the_end(stack, Server(Valkey(folder / name))) for name in names]


@contextmanager
def cluster(folder: Path) -> Iterator[list[Server]]:
    """Run a cluster of three nodes without replicas."""
    with ExitStack() as stack:
        programs = [_Node(folder / f"node-{number}") for number in range(3)]
        nodes = [_until_the_end(stack, Server(program)) for program in programs]
        clients = [stack.enter_context(client_of(node)) for node in nodes]
        slots = [SLOTS * number // 3 for number in range(4)]
        for epoch, (client, (low, high)) in enumerate(zip(clients, pairwise(slots), strict=True), start=1):
            client.execute_command("CLUSTER SET-CONFIG-EPOCH", epoch)
            client.execute_command("CLUSTER ADDSLOTSRANGE", low, high - 1)
        for node, program in zip(nodes, programs, strict=True):
            clients[0].execute_command("CLUSTER MEET", "127.0.0.1", node.port, program.bus_port)
        until(lambda: all(map(_is_whole, clients)), "the cluster is whole")
        yield nodes


def client_of(server: Server) -> Any:
    return Redis.from_url(server.url, decode_responses=True)


class _Node(Valkey):
    """Valkey as one of a cluster, all with the same password."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.bus_port = free_port()

    def password(self) -> str:
        return "of-all-nodes"

    def command(self, port: int) -> list[str]:
        options = {"cluster-enabled": "yes", "cluster-port": self.bus_port, "cluster-node-timeout": 1000}
        return [
            *super().command(port),
            *(part for name, value in options.items() for part in (f"--{name}", str(value))),
        ]


def _is_whole(client: Any) -> bool:
    info = client.execute_command("CLUSTER INFO")
    return bool(info["cluster_state"] == "ok" and info["cluster_known_nodes"] == "3")


def _until_the_end(stack: ExitStack, server: Server) -> Server:
    stack.callback(server.kill)
    server.start()
    return server
