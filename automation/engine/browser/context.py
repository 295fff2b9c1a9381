"""What one context shows of itself to sites: its way out, its place and language, and the browser it truly is."""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ContextOptions:
    """`proxy`: a URL without credentials. `time_zone`: an IANA name. `language`: a BCP 47 tag. None: the browser's."""

    proxy: str | None = None
    time_zone: str | None = None
    language: str | None = None

    def creation(self) -> dict[str, Any]:
        """Return the parameters of Target.createBrowserContext."""
        # Loopback too goes through the proxy, or a page could look around on this machine.
        return {"proxyServer": self.proxy, "proxyBypassList": "<-loopback>"} if self.proxy else {}

    def overrides(self, version: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give the commands for a page, with the answer of Browser.getVersion."""
        if self.time_zone:
            yield "Emulation.setTimezoneOverride", {"timezoneId": self.time_zone}
        if self.language:
            yield "Emulation.setLocaleOverride", {"locale": self.language}
        if self.language or "Headless" in version["userAgent"]:
            yield "Emulation.setUserAgentOverride", self._user_agent(version)

    def _user_agent(self, version: dict[str, Any]) -> dict[str, Any]:
        """Name the installed browser as it names itself with a window, in headers and in client hints alike."""
        number = version["product"].partition("/")[2]
        major = number.partition(".")[0]
        name = "Google Chrome" if "Google" in version["product"] else "Chromium"
        told: dict[str, Any] = {
            "userAgent": version["userAgent"].replace("Headless", ""),
            "userAgentMetadata": {
                "brands": [{"brand": name, "version": major}, {"brand": "Not)A;Brand", "version": "99"}],
                "fullVersion": number,
                "platform": {"Darwin": "macOS"}.get(platform.system(), platform.system()),
                "platformVersion": "",
                "architecture": "arm" if platform.machine() in {"arm64", "aarch64"} else "x86",
                "model": "",
                "mobile": False,
            },
        }
        if self.language:
            told["acceptLanguage"] = ",".join(dict.fromkeys([self.language, self.language.partition("-")[0]]))
        return told


USUAL = ContextOptions()
