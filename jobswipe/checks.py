"""Checks of what has to be there: each says what is missing, and what to do."""

from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection, connections
from kombu import Connection
from kombu.exceptions import OperationalError

from automation.engine.browser.installed import browser_path, driver_path
from jobswipe import redis_clients
from jobswipe.broker import is_rabbitmq

PATIENCE = 3  # seconds for a server to answer


@register
def database_answers(**_: Any) -> list[CheckMessage]:
    """The database of DATABASE_URL, or the one that comes with the project."""
    try:
        psycopg.connect(**_without_pool(connection.get_connection_params()), connect_timeout=PATIENCE).close()
    except psycopg.OperationalError as error:
        if f'database "{connection.settings_dict["NAME"]}" does not exist' in str(error):
            return []  # tests make theirs
        return [
            Error(
                f"PostgreSQL does not answer: {str(error).strip().splitlines()[0]}",
                hint="Start it, or correct DATABASE_URL; without that variable the project brings its own.",
                id="jobswipe.E001",
            )
        ]
    return []


@register
def replicas_answer(**_: Any) -> list[CheckMessage]:
    """The replicas of DATABASE_REPLICA_URLS; without them the primary answers everything."""
    wrong: list[CheckMessage] = []
    for name in settings.DATABASE_REPLICAS:
        try:
            with psycopg.connect(
                **_without_pool(connections[name].get_connection_params()), connect_timeout=PATIENCE
            ) as one:
                [is_replica] = one.execute("SELECT pg_is_in_recovery()").fetchone() or [False]
            fault = "" if is_replica else "it is no replica"
        except psycopg.OperationalError as error:
            fault = str(error).strip().splitlines()[0]
        if fault:
            hint = "Correct DATABASE_REPLICA_URLS. Until then the primary answers in its place."
            wrong.append(Warning(f"{name} is not read from: {fault}", hint=hint, id="jobswipe.W004"))
    return wrong


def _without_pool(parameters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name in {"dbname", "user", "password", "host", "port"}}


@register
def roles_answer(**_: Any) -> list[CheckMessage]:
    """Redis may be away while the product runs; at the start it is more likely a wrong address."""
    return [
        Warning(
            f"The server of the role “{role}” does not answer: {error}",
            hint=f"Start it, or correct {_variable(role)}; without that variable the project brings its own."
            f" Until then {WITHOUT[role]}.",
            id="jobswipe.W001",
        )
        for role, error in roles().items()
        if error
    ]


WITHOUT = {
    "broker": "work is found by looking for it",
    "channels": "pages are told of news late",
    "live": "nobody is shown as there",
}


def roles() -> dict[str, str]:
    """Ask the servers of each role; return what is wrong with them, by role, empty for nothing."""
    servers = {"broker": [settings.BROKER_URL], "channels": settings.CHANNEL_URLS, "live": [settings.LIVE_URL]}
    errors = {url: _error_of(url) for url in {url for urls in servers.values() for url in urls}}
    return {role: "; ".join(errors[url] for url in urls if errors[url]) for role, urls in servers.items()}


def _error_of(url: str) -> str:
    try:
        if is_rabbitmq(url):
            with Connection(url, connect_timeout=PATIENCE) as broker:
                broker.ensure_connection(max_retries=1, timeout=PATIENCE)
        else:
            redis_clients.ask(url, patience=PATIENCE)
    except (*redis_clients.UNREACHABLE, OperationalError) as error:
        return str(error) or type(error).__name__
    return ""


def _variable(role: str) -> str:
    own = {"broker": "BROKER_URL", "channels": "CHANNEL_URLS", "live": "LIVE_URL"}[role]
    return "REDIS_URL" if getattr(settings, own) in (settings.REDIS_URL, [settings.REDIS_URL]) else own


@register
def browser_is_installed(**_: Any) -> list[CheckMessage]:
    if browser_path():
        return []
    return [
        Warning(
            "No Chromium or Chrome is installed.",
            hint="Install one (`apt-get install chromium chromium-driver`), or let Selenium Manager fetch one.",
            id="jobswipe.W002",
        )
    ]


@register
def driver_is_installed(**_: Any) -> list[CheckMessage]:
    if driver_path():
        return []
    return [
        Warning(
            "No chromedriver is installed.",
            hint="Install it (`apt-get install chromium-driver`), or let Selenium Manager fetch it on first use.",
            id="jobswipe.W003",
        )
    ]
