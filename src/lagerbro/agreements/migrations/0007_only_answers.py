"""Suggestions are computed and not kept, so every row is an answer and needs no word for it.

The column stays, with a value of its own, because the release before goes on reading and writing it.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_may_be_left_out"),
    ]

    operations = [
        migrations.AlterField(
            model_name="setting",
            name="state",
            field=models.CharField(db_default="decided", max_length=16),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("setting", "state")]),
    ]
