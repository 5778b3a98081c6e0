"""By which settings an account had its part of the stock value (docs/decisions 0033)."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock_value_days", "0001_initial")]

    operations = [
        migrations.AddField("stockvalueday", "choices_version", models.PositiveIntegerField(null=True)),
    ]
