"""The packet: all that a runner needs for one application, frozen at the claim."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from accounts.services import answers_of, candidate_json
from applications.models import Application


def pack_all(applications: Sequence[Application]) -> list[dict[str, Any]]:
    """Return the packet of each as JSON; what a person told is gathered once for all of theirs."""
    people = {application.user_id: application.user for application in applications}
    answers = answers_of(people)
    told = {user_id: candidate_json(user, answers[user_id]) for user_id, user in people.items()}
    return [_pack(application, told[application.user_id]) for application in applications]


def _pack(application: Application, candidate: dict[str, Any]) -> dict[str, Any]:
    """The posting, the candidate as `candidate.json`, the resume's identity, the letter."""
    content = application.snapshot.content
    resume = application.resume
    return {
        "application": application.pk,
        "url": content["apply_url"],
        "other_urls": content["other_urls"],
        "company_script": content["company_script"],
        "scripts_off": settings.COMPANY_SCRIPTS_OFF,
        "snapshot": content,
        "candidate": told_for(candidate, content.get("places", [])),
        "resume": resume and {"id": resume.pk, "name": resume.name, "size": resume.size, "sha256": resume.sha256},
        "cover_letter": application.cover_letter,
    }


def told_for(candidate: dict[str, Any], places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the candidate without what they said of the law of work elsewhere than where the job is, if that is known.

    A form that asks about sponsorship and names no country means its own: "No" for the one is not "no" for the other.
    """
    here = {place["country"] for place in places if place.get("country")}
    told = candidate.get("work_authorization", [])
    of_here = [one for one in told if one["country"].upper() in here]
    return {**candidate, "work_authorization": of_here} if here and len(of_here) < len(told) else candidate


def canonical(packet: dict[str, Any]) -> str:
    """Return the packet as the JSON that its hash is taken of."""
    return json.dumps(packet, sort_keys=True)


def digest(text: str) -> str:
    """Return the SHA-256 of a packet's canonical JSON."""
    return hashlib.sha256(text.encode()).hexdigest()
