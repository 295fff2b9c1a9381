"""Checks of what has to be there: each says what is missing, and what to do."""

from typing import Any

import psycopg
import redis
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connection

from automation.engine.browser.session import browser_path, driver_path

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


def _without_pool(parameters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name in {"dbname", "user", "password", "host", "port"}}


@register
def redis_answers(**_: Any) -> list[CheckMessage]:
    """Redis may be away while the product runs; at the start it is more likely a wrong address."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
        ) as client:
            client.ping()
    except redis.RedisError as error:
        return [
            Warning(
                f"Redis does not answer: {error}",
                hint="Start it, or correct REDIS_URL; without that variable the project brings its own."
                " Until then pages are told of news late, and work is found by looking for it.",
                id="jobswipe.W001",
            )
        ]
    return []


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
