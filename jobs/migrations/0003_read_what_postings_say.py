"""Fill the columns that filters and ranking need, for what was there before them."""

from django.db import migrations

from jobs.derived import company_key, derive


def fill(apps, schema_editor):
    for company in apps.get_model("jobs", "Company").objects.iterator():
        company.key = company_key(company.name)
        company.save(update_fields=["key"])
    for job in apps.get_model("jobs", "Job").objects.iterator(chunk_size=500):
        derive(job)
        job.save()


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_boards_places_and_lifecycle")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
