"""Evidence: what the engine saw and sent, as files."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from automation.engine.browser.page import Page
from automation.engine.host import Host


@dataclass
class EvidenceFolder:
    """Writes each file once, in order, and hands it to the host."""

    folder: Path
    host: Host
    names: list[str] = field(default_factory=list)

    def screenshot(self, page: Page, kind: str) -> None:
        self._keep(f"{kind}.png", kind, page.screenshot())

    def facts(self, kind: str, facts: dict[str, Any]) -> None:
        self._keep(f"{kind}.json", kind, json.dumps(facts, indent=2, ensure_ascii=False).encode())

    def _keep(self, name: str, kind: str, content: bytes) -> None:
        path = self.folder / name
        path.write_bytes(content)
        if name not in self.names:
            self.names.append(name)
        self.host.evidence(path, kind)


def sha256_of(path: Path) -> str:
    """Return the file's SHA-256 as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
