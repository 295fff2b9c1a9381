"""Exits without a server behind them, for what is decided before anything goes out."""

from typing import Any

from proxies.models import Proxy


def make_proxies(count: int, **fields: Any) -> list[Proxy]:
    return [Proxy.objects.create(host=f"10.0.{n >> 8}.{n & 255}", port=8080, **fields) for n in range(count)]
