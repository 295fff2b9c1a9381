"""What is logged: one line of JSON each in production, with whose request or attempt it was, and nobody's own data.

`request`, `person`, `application` and `attempt` are ids. Each request is a line, and each status of an application.
What looks like an address, a number or a secret of somebody's is taken out of every text, and of what goes to Sentry.
"""

import logging
import re
import time
from collections.abc import Callable, MutableMapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from automation.engine.redaction import cleaned, without_personal_data
from jobswipe.request_limit import PROBES

requests = logging.getLogger("jobswipe.requests")

HEADER = "X-Request-ID"
ID = re.compile(r"[\w-]{8,64}", re.ASCII)
# What may come with a line beside its text (`extra=`).
DETAILS = ("application", "person", "method", "view", "status", "ms", "line")
# What goes on all the time: for those who collect lines, not for a terminal.
STEADY = ("jobswipe.requests", "jobswipe.lines", "applications.machine")


def settings_of(level: str, *, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: lines to read in development, JSON to collect in production."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": PROCESSORS,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_personal_data,
                    structlog.processors.JSONRenderer(default=str),
                ],
            },
        },
        "filters": {
            "probes": {"()": lambda: is_no_probe},
            "addresses": {"()": lambda: names_no_address},
            "debug_off": {"()": "django.utils.log.RequireDebugFalse"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "line"},
            "admins": {
                "class": "jobswipe.letters.Mail",
                "level": "ERROR",
                "filters": ["debug_off"],
                "formatter": "json",
            },
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "httpx2": {"level": "WARNING"},
            "django": {
                "handlers": ["admins"],
                "level": "INFO",
            },  # without its own console: what it says comes up to ours
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"filters": ["probes"]},
            # Uvicorn comes with handlers of its own. Its lines of requests hold addresses, searches, and the keys with
            # which a password is set anew: ours are instead.
            "uvicorn": {"handlers": [], "propagate": True},
            "uvicorn.error": {"handlers": [], "propagate": True, "filters": ["addresses"]},
            "uvicorn.access": {"handlers": [], "propagate": False},
        }
        | {name: {"level": level if as_json else "WARNING"} for name in STEADY},
    }


def is_no_probe(record: logging.LogRecord) -> bool:
    """Say whether it is anything but "503 to a probe": that is an answer, and no error of ours."""
    path = getattr(getattr(record, "request", None), "path", "")
    return path not in PROBES or getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE


def names_no_address(record: logging.LogRecord) -> bool:
    """Say whether it is anything but uvicorn's "somebody at this address opened this WebSocket"."""
    return '"WebSocket ' not in str(record.msg)


def _with_person(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the request by its person, if that is known by now: nobody is looked up for a line in a log."""
    request = event.pop("_request", None)
    if request is not None:
        user = vars(request).get("user")
        known = getattr(request, "_cached_user", None) if isinstance(user, SimpleLazyObject) else user
        event["person"] = getattr(known, "pk", None)
    return event


PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    _with_person,
    structlog.stdlib.ExtraAdder(DETAILS),
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def with_request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id, the one that the proxy in front sent if there is one, and tell it in the answer."""

    def respond(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if ID.fullmatch(given) else uuid4().hex
        # Kept after the answer, too: Django logs what went wrong once all middlewares are done.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=number, _request=request)
        began = time.perf_counter()
        response = get_response(request)
        response[HEADER] = number
        _note(request, response, time.perf_counter() - began)
        return response

    return respond


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """Log the request by its view: addresses hold what people search for, and keys."""
    if request.path not in PROBES and requests.isEnabledFor(logging.INFO):
        view = request.resolver_match.view_name if request.resolver_match else ""
        said = {"method": request.method, "view": view, "status": response.status_code, "ms": round(1000 * seconds, 1)}
        requests.info("Answered", extra=said)


def start_sentry(dsn: str, environment: str) -> None:
    """Send errors to Sentry: without bodies, cookies, local variables, or anything that looks like personal data."""
    import sentry_sdk  # only where it is wanted

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=for_sentry,
    )


def for_sentry(event: Any, _: Any = None) -> Any:
    """Return what Sentry may see of an event."""
    for part in ("data", "cookies", "headers", "env", "url", "query_string"):  # `transaction` names the view
        event.get("request", {}).pop(part, None)
    event.pop("user", None)
    tags = {name: value for name, value in structlog.contextvars.get_contextvars().items() if name != "_request"}
    return cleaned(event) | {"tags": {**event.get("tags", {}), **tags}}
