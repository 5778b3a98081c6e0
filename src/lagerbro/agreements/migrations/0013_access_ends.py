from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agreements", "0012_scoped_managers")]

    operations = [
        migrations.AddField(
            "agreement", "second_factor_required", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField("capability", "expires_at", models.DateTimeField(null=True)),
    ]
