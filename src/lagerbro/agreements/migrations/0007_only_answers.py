"""Suggestions are computed and not kept: what was never decided goes, and so does the word for it."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget_suggestions(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("agreements", "Setting").objects.exclude(state="decided").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_may_be_left_out"),
    ]

    operations = [
        migrations.RunPython(forget_suggestions, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name="setting",
            name="state",
        ),
    ]
