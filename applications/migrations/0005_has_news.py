from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_leave_users_to_wider_indexes")]
    operations = [
        migrations.AddField(
            model_name="eventcounter",
            name="has_news",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
