"""The managers of what belongs to an agreement have another name. Nothing changes in the database."""

from django.db import migrations, models

SCOPED = ("attempt", "dependency", "intent", "link", "schedule", "transfer")


class Migration(migrations.Migration):
    dependencies = [("sync", "0010_claimed_at")]
    operations = [migrations.AlterModelManagers(name, [("in_scope", models.Manager())]) for name in SCOPED]
