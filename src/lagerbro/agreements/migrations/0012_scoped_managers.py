"""The managers of what belongs to an agreement have another name. Nothing changes in the database."""

from django.db import migrations, models

SCOPED = (
    "agreementevent",
    "approval",
    "capability",
    "credentials",
    "directorycopy",
    "rackbeatwebhook",
    "setting",
    "settingchange",
)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0011_reconnects")]
    operations = [migrations.AlterModelManagers(name, [("in_scope", models.Manager())]) for name in SCOPED]
