"""Looks at all that the program needs, and says for each what to do when it is missing."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import requests

from automation.agent.config import Settings
from automation.agent.keychain import Keychain
from automation.agent.site import USER_AGENT, SignedOut, Site, SiteError
from automation.engine.browser import installed, session

MOST_SKEW = 120.0  # seconds that the clock may be wrong: certificates and logs go by it


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` is empty when it is well."""

    what: str
    says: str
    remedy: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at one thing after another."""
    yield _browser()
    yield _driver()
    yield _start()
    if not settings.site:
        yield Finding("network", "No site is set.", "Sign in: jobswipe-agent login https://your.jobswipe.site")
        return
    answer = _ask(settings.site)
    yield _network(settings.site, answer)
    yield _clock(answer)
    yield _token(settings)


def _browser() -> Finding:
    if path := installed.browser_path():
        return Finding("browser", path)
    return Finding("browser", "No Chromium or Chrome was found.", "Install Chromium or Google Chrome.")


def _driver() -> Finding:
    if path := installed.driver_path():
        return Finding("driver", path)
    return Finding("driver", "None is installed; Selenium fetches the one that fits when it is first needed.")


def _start() -> Finding:
    began = time.monotonic()
    try:
        session.start().quit()
    except session.BrowserError as error:
        return Finding("browser starts", str(error), "Install Chromium and its driver, then try again.")
    return Finding("browser starts", f"in {time.monotonic() - began:.1f} s")


def _ask(site: str) -> requests.Response | str:
    try:
        return requests.get(f"{site}/healthz", timeout=10, headers={"User-Agent": USER_AGENT})
    except requests.RequestException as error:
        return str(error.__cause__ or error) or type(error).__name__


def _network(site: str, answer: requests.Response | str) -> Finding:
    if isinstance(answer, str):
        return Finding("network", f"{site} cannot be reached: {answer}", "Check the line, the proxy, the address.")
    if not answer.ok:
        return Finding("network", f"{site} answers with {answer.status_code}.", "The site has trouble; wait a little.")
    return Finding("network", f"{site} answers in {answer.elapsed.total_seconds() * 1000:.0f} ms.")


def _clock(answer: requests.Response | str) -> Finding:
    if isinstance(answer, str) or "Date" not in answer.headers:
        return Finding("clock", "Not known without the site's answer.")
    skew = time.time() - parsedate_to_datetime(answer.headers["Date"]).timestamp()
    if abs(skew) > MOST_SKEW:
        side = "ahead" if skew > 0 else "behind"
        return Finding("clock", f"{abs(skew):.0f} s {side} of the site's.", "Let your system set the time by itself.")
    return Finding("clock", "right")


def _token(settings: Settings) -> Finding:
    token = Keychain(settings.folder, settings.site).read()
    again = f"Sign in: jobswipe-agent login {settings.site}"
    if not token:
        return Finding("token", "This computer is not signed in.", again)
    try:
        me = Site(settings.site, token).me()
    except SignedOut:
        return Finding("token", "The site does not know it any more.", again)
    except SiteError as error:
        return Finding("token", f"Not known: {error}", "Try again when the site answers.")
    return Finding("token", f"“{me['name']}”, for {me['person']}")
