"""Each application arrives by the exit that was leased for it, or waits with the reason; none goes out bare."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from applications.models import Application, Lane
from applications.states import Status
from automation.leases import claim
from automation.models import Attempt, Evidence
from automation.worker.carry_out import carry_out
from automation.worker.slot import Slot
from jobs.models import Job
from proxies.models import HomeExit, HostHealth, Proxy, ProxyLease, Verdict
from proxies.services import add_pasted
from tests.conftest import make_job
from tests.processes import Employers
from tests.proxies.servers import ProxyServer, proxy_server

SwipeRight = Callable[[User, Job], Application]
SECRET = {"user": "exit-user", "password": "exit-s3cret"}
SENTENCE = "Our way to the employer broke before anything was sent. We take another one."


@pytest.fixture
def apply(
    transactional_db: None,
    alice: User,
    employers: Employers,
    swipe_right: SwipeRight,
    slot: Slot,
    settings: Settings,
) -> Callable[..., Application]:
    """Let alice apply at a posting, once, as a worker does; the same posting again goes on with it."""
    settings.ENGINE_PACE = "fast"
    alice.answers.create(question="Why do you want to work at Meridian?", normalized="x", answer="Weather matters.")

    def once(posting: str) -> Application:
        url = f"{employers.url}/meridian/jobs/{posting}"
        application = Application.objects.filter(job__apply_url=url).first()
        if application is None:
            application = swipe_right(alice, make_job(apply_url=url))
        Application.objects.filter(pk=application.pk).update(available_at=Now())
        [attempt] = claim(lane=Lane.SERVER, runner="test")
        carry_out(attempt, slot, threading.Event())
        application.refresh_from_db()
        return application

    return once


def exits(stack: ExitStack, *how: tuple[str, Mapping[str, Any]]) -> list[ProxyServer]:
    """Run a proxy for each and put them into the list, in order."""
    servers = [stack.enter_context(proxy_server(scheme, **options)) for scheme, options in how]
    for server in servers:
        assert add_pasted(server.address).count == 1
    return servers


def send_home(user: User, server: ProxyServer) -> None:
    HomeExit.objects.update_or_create(person=user.pk, defaults={"proxy": Proxy.objects.get(port=server.port)})


def ports(employers: Employers, posting: str) -> list[int]:
    return [int(one["peer"].rpartition(":")[2]) for one in employers.inbox(posting)]


def test_applications_arrive_by_the_exit_that_was_leased_and_credentials_appear_nowhere(
    apply: Callable[..., Application], alice: User, employers: Employers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with ExitStack() as stack:
        servers = exits(stack, ("http", SECRET), ("socks5", SECRET), ("http", {}), ("http", {"manner": "slow"}))
        for number, server in enumerate(servers):
            send_home(alice, server)
            application = apply(f"exit-{number}/apply")
            assert application.status == Status.COMPLETED, f"exit {number}: {application.message}"
            [port] = ports(employers, f"exit-{number}")
            assert port in server.ports
    assert list(ProxyLease.objects.values_list("verdict", flat=True)) == [Verdict.REACHED] * 4
    kept = [Path(one.file.path).read_bytes() for one in Evidence.objects.exclude(content_type="image/png")]
    kept += [repr(Attempt.objects.values()).encode(), caplog.text.encode()]
    assert not [one for one in kept if b"s3cret" in one or b"exit-user" in one]


@pytest.mark.parametrize(("scheme", "manner"), [("socks5", "refuses"), ("http", "asks_wrongly"), ("http", "drops")])
def test_an_exit_that_breaks_is_left_for_another_before_anything_is_sent(
    scheme: str, manner: str, apply: Callable[..., Application], alice: User, employers: Employers
) -> None:
    with ExitStack() as stack:
        bad, good = exits(stack, (scheme, {**SECRET, "manner": manner}), ("socks5", SECRET))
        send_home(alice, bad)
        waiting = apply(f"broken-{manner}/apply")
        assert (waiting.status, waiting.message, waiting.tries) == (Status.QUEUED, SENTENCE, 0)
        assert Proxy.objects.get(port=bad.port).failures == 1
        assert apply(f"broken-{manner}/apply").status == Status.COMPLETED
        assert set(ports(employers, f"broken-{manner}")) <= set(good.ports)
        assert good.ports

        Proxy.objects.filter(port=good.port).update(is_enabled=False)
        # It cools down still, however long the browsers above took.
        Proxy.objects.filter(port=bad.port).update(cool_until=timezone.now() + timedelta(minutes=5))
        waiting = apply("nowhere/apply")
        assert waiting.status == Status.QUEUED
        assert "Our ways to this employer have trouble" in waiting.message
    assert employers.inbox("nowhere") == []
    assert not ProxyLease.objects.filter(released_at__isnull=True).exists()


def test_an_employer_that_refuses_the_exit_is_met_by_another_one(
    apply: Callable[..., Application], alice: User, employers: Employers
) -> None:
    with ExitStack() as stack:
        first, second = exits(stack, ("http", {}), ("http", {}))
        send_home(alice, first)
        assert apply("turned-away/apply?status=403").failure_kind == "proxy_blocked"
        health = HostHealth.objects.get()
        assert (health.proxy.port, health.refused, health.failures) == (first.port, 1, 1)
        assert apply("another/apply").status == Status.COMPLETED
        assert set(ports(employers, "another")) <= set(second.ports)
        assert HomeExit.objects.get().proxy.port == first.port  # for other employers


def test_without_any_exit_development_goes_out_directly_and_production_waits(
    apply: Callable[..., Application], employers: Employers, settings: Settings
) -> None:
    waiting = apply("bare/apply")
    assert waiting.status == Status.QUEUED
    assert "no way out" in waiting.message
    assert employers.inbox("bare") == []
    settings.DEBUG = True
    assert apply("bare/apply").status == Status.COMPLETED
