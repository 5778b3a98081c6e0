from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0013_access_ends")]

    operations = [
        migrations.AddField("installation", "begun_in_economic", models.BooleanField(default=False, db_default=False)),
    ]
