#!/bin/sh
# A DecimalField on SQLite is a double: two numbers that look the same are not, and large ones change without an error.
. "$(dirname "$0")/isolated.sh"
isolated django==5.2.19 <<'PYTHON'
import sqlite3
from decimal import Decimal

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
from django.db import connection, models
from django.db.models import F


class Entry(models.Model):
    amount = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        app_label = "ledger"


with connection.schema_editor() as editor:
    editor.create_model(Entry)

runs("django")
print(f"SQLite {sqlite3.sqlite_version}; DecimalField(max_digits=20, decimal_places=2)")

entry = Entry.objects.create(amount=Decimal("0.10"))
Entry.objects.filter(pk=entry.pk).update(amount=F("amount") + Decimal("0.20"))
seen("0.10 + 0.20 by F(), read back", Entry.objects.get().amount, Decimal("0.30"))
seen("rows whose amount is 0.30", Entry.objects.filter(amount=Decimal("0.30")).count(), 0)
seen("rows whose amount is above 0.30", Entry.objects.filter(amount__gt=Decimal("0.30")).count(), 1)

Entry.objects.all().delete()
Entry.objects.create(amount=Decimal("99999999999999.99"))
seen("99999999999999.99 saved and read back", Entry.objects.get().amount, Decimal("100000000000000.00"))
PYTHON
