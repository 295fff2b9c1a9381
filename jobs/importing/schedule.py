"""Which boards are read now: those whose time has come, and those that staff asked for."""

import logging
import time

from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from jobs.importing.run import Busy, give_up, import_board
from jobs.models import Board
from jobswipe.locks import only_one

logger = logging.getLogger(__name__)
LONGEST = 600.0  # seconds that one call goes on starting readings; the next call takes over


def due() -> "list[int]":
    """Return the ids of the boards to read, those that staff asked for first, then the longest overdue."""
    wanted = Q(requested_at__isnull=False) | Q(is_active=True, next_at__lte=Now())
    boards = Board.objects.filter(wanted).exclude(kind=Board.Kind.FILE)
    return list(boards.order_by(F("requested_at").asc(nulls_last=True), "next_at").values_list("pk", flat=True))


def read_due_boards() -> int:
    """Read what is due, unless another process is at it. Returns how many boards were read. None stops the rest."""
    with only_one("read due boards") as is_mine:
        if not is_mine:
            return 0
        until = time.monotonic() + LONGEST
        read = 0
        for board_id in due():
            if time.monotonic() > until:
                break
            read += _read(board_id)
        return read


def _read(board_id: int) -> bool:
    board = Board.objects.get(pk=board_id)
    try:
        run = import_board(board)
    except Busy:
        return False
    except Exception as error:  # one board must not stop the others: what went wrong is logged and the board put off
        logger.exception("Reading %s failed", board)
        give_up(board, f"Our reader failed ({error.__class__.__name__}). Operators see the cause in the log.")
        return True
    if run.message:
        logger.info("%s: %s, %s", board, run.status, run.message)
    return True


def ask_for(board: Board) -> None:
    """Have a board read as soon as somebody is free, whatever its own time."""
    Board.objects.filter(pk=board.pk).update(requested_at=timezone.now())
