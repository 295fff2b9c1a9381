"""Logos of companies: which files are taken, and what they are."""

from django.core.exceptions import ValidationError
from django.core.files.base import File

LARGEST = 200 * 1024  # bytes
_STARTS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


def media_type(content: bytes) -> str:
    """Return the media type that the content itself shows; empty for what is no logo."""
    known = next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
    if known:
        return known if known != "image/webp" or content[8:12] == b"WEBP" else ""
    return "image/svg+xml" if b"<svg" in content[:1000].lower() else ""


def check_logo(file: "File[bytes]") -> None:
    """Raise ValidationError for a file that is too large, or no drawing or picture that browsers show."""
    if file.size and file.size > LARGEST:
        raise ValidationError("The logo is over 200 kB. Save a smaller one.")
    start = file.read(1000)
    file.seek(0)
    if not media_type(start):
        raise ValidationError("This is no SVG, PNG, JPEG or WebP file.")
