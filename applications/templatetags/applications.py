"""How an application reads on a page."""

from django import template

from applications.states import Status

register = template.Library()


@register.filter
def status(value: str) -> str:
    """Return the status in words."""
    return str(Status(value).label)
