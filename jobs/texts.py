"""The words of descriptions for the search: written after the postings themselves, so that an import need not wait.

Reading the words of one description takes PostgreSQL about as long as taking in the whole posting. A trigger notes
which postings wait for it; beat and the commands that import have it done, the newest first.
"""

from django.db import connection, transaction

from jobs.models import JobText
from jobswipe.locks import only_one

BATCH = 500

_WRITE = """
WITH waiting AS (
    SELECT job_id FROM jobs_jobtext WHERE words IS NULL ORDER BY job_id DESC LIMIT %s FOR UPDATE SKIP LOCKED
)
UPDATE jobs_jobtext SET words = strip(job.search || to_tsvector('english', left(job.description, 100000)))
FROM waiting JOIN jobs_job job ON job.id = waiting.job_id
WHERE jobs_jobtext.job_id = waiting.job_id
"""


def write_words(most: int | None = None) -> int:
    """Write the words of up to `most` postings that wait for it, of all by default, unless another process is at it.

    Returns how many were written.
    """
    written = 0
    with only_one("write the words of descriptions") as is_mine:
        while is_mine and (most is None or written < most):
            done = _batch(BATCH if most is None else min(BATCH, most - written))
            written += done
            if not done:
                break
    return written


def _batch(size: int) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE, [size])
        return int(cursor.rowcount)


def waiting() -> int:
    """Return how many postings still wait for their words to be found."""
    return JobText.objects.filter(words__isnull=True).count()
