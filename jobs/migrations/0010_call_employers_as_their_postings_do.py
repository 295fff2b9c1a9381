"""Give employers that are called as their board's token the name that their postings have for them."""

from django.db import migrations
from django.db.models import F

from jobs.derived import company_key
from jobs.importing.names import is_whole, name_told

READ = 20  # postings of each board


def rename(apps, schema_editor):
    companies, jobs = apps.get_model("jobs", "Company"), apps.get_model("jobs", "Job")
    boards = apps.get_model("jobs", "Board").objects.exclude(kind__in=["page", "file"])
    for board in boards.filter(company__isnull=False).select_related("company").iterator():
        if not is_whole(board.company.name, board.token):
            continue  # staff or its postings gave it this name
        name = name_told(board.token, jobs.objects.filter(board=board).values_list("description", flat=True)[:READ])
        others = companies.objects.filter(key=company_key(name)).exclude(pk=board.company_id)
        if name == board.company.name or others.exists():
            continue
        companies.objects.filter(pk=board.company_id).update(name=name[:200], key=company_key(name))
        jobs.objects.filter(company=board.company_id).update(company=F("company"))  # the search learns it by a trigger


class Migration(migrations.Migration):
    dependencies = [("jobs", "0009_import_texts_quickly")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
