"""The packet: all that a runner needs for one application, frozen at the claim."""

import hashlib
import json
from typing import Any

from accounts.services import candidate_json
from applications.models import Application


def pack(application: Application) -> dict[str, Any]:
    """Return the packet as JSON: the posting, the candidate as `candidate.json`, the resume's identity, the letter."""
    content = application.snapshot.content
    resume = application.resume
    return {
        "application": application.pk,
        "url": content["apply_url"],
        "other_urls": content["other_urls"],
        "company_script": content["company_script"],
        "snapshot": content,
        "candidate": candidate_json(application.user),
        "resume": resume and {"id": resume.pk, "name": resume.name, "size": resume.size, "sha256": resume.sha256},
        "cover_letter": application.cover_letter,
    }


def digest(packet: dict[str, Any]) -> str:
    """Return the SHA-256 of the packet's canonical JSON."""
    return hashlib.sha256(json.dumps(packet, sort_keys=True).encode()).hexdigest()
