"""What the staff's first page tells of jobs: what came in, what closed, what failed."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest
from django.utils import timezone

from jobs.models import Board, Company, ImportRun, Job

PERIODS = ((1, "Last day"), (7, "Last 7 days"), (30, "Last 30 days"))


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the admin's first page what it tells of jobs."""
    if not request.user.has_perm("jobs.view_job"):
        return context
    now = timezone.now()
    failing = Board.objects.filter(failures__gt=0).order_by("-failures").select_related("company")
    return context | {
        "totals": [
            ("Open jobs", Job.objects.filter(status=Job.Status.OPEN).count()),
            ("Employers", Company.objects.count()),
            ("Boards read by themselves", Board.objects.filter(is_active=True).count()),
            ("Boards that fail", failing.count()),
        ],
        "periods": [(name, _period(now - timedelta(days=days))) for days, name in PERIODS],
        "failing": [(board, board.runs.exclude(message="").first()) for board in failing[:10]],
        "running": ImportRun.objects.filter(status=ImportRun.Status.RUNNING)[:10],
        "latest": ImportRun.objects.select_related("board")[:10],
        "reasons": _reasons(now - timedelta(days=30)),
    }


def _period(since: Any) -> dict[str, int]:
    told = ImportRun.objects.filter(started_at__gte=since).aggregate(
        added=Sum("added"), changed=Sum("changed"), closed=Sum("closed"), refused=Sum("refused"),
        failed=Count("pk", filter=Q(status=ImportRun.Status.FAILED)), readings=Count("pk"),
    )  # fmt: skip
    return {name: value or 0 for name, value in told.items()}


def _reasons(since: Any) -> list[tuple[str, int]]:
    closed = Job.objects.filter(status=Job.Status.CLOSED, closed_at__gte=since).values("closed_reason")
    told = closed.annotate(count=Count("pk")).order_by("-count").values_list("closed_reason", "count")
    return [(reason, count) for reason, count in told[:6]]
