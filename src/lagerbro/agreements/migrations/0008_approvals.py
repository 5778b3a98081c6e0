"""A person's word that something which looked wrong is right (domain-rules H38): a table of its own.

The release before neither reads nor writes it.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0007_only_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=64)),
                ("facts", models.CharField(max_length=128)),
                ("document", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("details", models.JSONField(default=dict)),
                ("approved_by", models.CharField(max_length=255)),
                ("approved_at", models.DateTimeField()),
                ("withdrawn_by", models.CharField(blank=True, db_default="", default="", max_length=255)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agreements.agreement"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agreement", "kind", "key", "facts"], name="approval_of_record")],
            },
        ),
    ]
