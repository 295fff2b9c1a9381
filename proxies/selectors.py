"""Which exit a person's applications take."""

from proxies.models import Proxy


def exit_for(user_id: int) -> Proxy | None:
    """Return the person's exit: the same one as long as the enabled ones stay the same; None without any."""
    exits = Proxy.objects.filter(is_enabled=True).order_by("pk")
    total = exits.count()
    return exits[user_id % total] if total else None
