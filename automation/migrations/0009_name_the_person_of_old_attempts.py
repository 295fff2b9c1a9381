from django.db import migrations, transaction

BATCH = 10_000  # ids in a transaction: others wait for no row longer than that takes
TABLES = [
    ("automation_attempt", "applications_application", "application_id"),
    ("automation_logentry", "automation_attempt", "attempt_id"),
    ("automation_evidence", "automation_attempt", "attempt_id"),
]
NEVER_CHANGE = "{pgtrigger_log_entries_never_change_48b07,pgtrigger_evidence_never_changes_2443a}"


def fill(apps, editor):
    """Rows that came before the column; those that come meanwhile have their person by the trigger. May be run twice."""
    with editor.connection.cursor() as cursor:
        for table, above, by in TABLES:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            [newest] = cursor.fetchone()
            for first in range(0, newest + 1, BATCH):
                with transaction.atomic(using=editor.connection.alias):
                    cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [NEVER_CHANGE])
                    cursor.execute(
                        f"UPDATE {table} AS part SET user_id = whole.user_id FROM {above} AS whole"
                        f" WHERE whole.id = part.{by} AND part.user_id IS NULL AND part.id >= %s AND part.id < %s",
                        [first, first + BATCH],
                    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("automation", "0008_attempts_carry_their_person")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
