from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table of the cache: sign-in limits hold for all web processes together, and with Redis away."""

    dependencies = [("accounts", "0003_getting_started")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
