"""How far the database has come, and which agreements may have forgotten what they did."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0009_key_canary"),
    ]

    operations = [
        migrations.CreateModel(
            name="DatabaseGeneration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(model_name="agreement", name="memory_lost_at", field=models.DateTimeField(null=True)),
    ]
