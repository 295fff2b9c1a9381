"""What the tests of exits share: entries without a server behind them, and an authority for those that speak TLS."""

import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from proxies.models import Proxy


def make_proxies(count: int, **fields: Any) -> list[Proxy]:
    return [Proxy.objects.create(host=f"10.0.{n >> 8}.{n & 255}", port=8080, **fields) for n in range(count)]


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1, of an authority that this process trusts."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context
