from django.db import migrations

# These run with the rights of the tables' owner, so that the role of web and workers needs none to delete what never changes
# (docs/operate). Everybody else loses the right to call them, which PostgreSQL gives to all.
CREATE = """
CREATE FUNCTION jobswipe_erase(application_ids bigint[], with_events boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp
SET pgtrigger.ignore =
    '{pgtrigger_events_never_change_c5acb,pgtrigger_log_entries_never_change_48b07,pgtrigger_evidence_never_changes_2443a}'
AS $$
    DELETE FROM automation_evidence USING automation_attempt AS attempt
        WHERE attempt.id = attempt_id AND attempt.application_id = ANY(application_ids);
    DELETE FROM automation_logentry USING automation_attempt AS attempt
        WHERE attempt.id = attempt_id AND attempt.application_id = ANY(application_ids);
    DELETE FROM automation_attempt WHERE application_id = ANY(application_ids);
    DELETE FROM notifications_delivery USING applications_event AS event
        WHERE with_events AND event.id = event_id AND event.application_id = ANY(application_ids);
    DELETE FROM applications_event WHERE with_events AND application_id = ANY(application_ids);
$$;
REVOKE ALL ON FUNCTION jobswipe_erase(bigint[], boolean) FROM PUBLIC;

CREATE FUNCTION jobswipe_erase_snapshots(job_ids bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp
SET pgtrigger.ignore = '{pgtrigger_snapshots_never_change_6b4eb}'
AS $$
    DELETE FROM jobs_jobsnapshot WHERE job_id = ANY(job_ids);
$$;
REVOKE ALL ON FUNCTION jobswipe_erase_snapshots(bigint[]) FROM PUBLIC;
"""
DROP = """
DROP FUNCTION jobswipe_erase(bigint[], boolean);
DROP FUNCTION jobswipe_erase_snapshots(bigint[]);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0004_leave_users_to_wider_indexes'),
        ('automation', '0005_index_attempts_by_what_they_have'),
        ('notifications', '0001_subscriptions_and_deliveries'),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
