from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # each swipe writes the table: the index is built beside that
    dependencies = [("applications", "0005_has_news")]
    operations = [
        AddIndexConcurrently(
            model_name="eventcounter",
            index=models.Index(condition=models.Q(("has_news", True)), fields=["user"], name="people_with_news"),
        ),
    ]
