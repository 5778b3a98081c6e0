"""The managers of what belongs to an agreement have another name. Nothing changes in the database."""

from django.db import migrations, models

SCOPED = ("invitation", "membership")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_tries_to_sign_in")]
    operations = [migrations.AlterModelManagers(name, [("in_scope", models.Manager())]) for name in SCOPED]
