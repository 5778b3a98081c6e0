#!/bin/sh
# One framework, four roundings: number_format() does not round at all, the template filter rounds half up, a model
# field half to even.
. "$(dirname "$0")/isolated.sh"
isolated django==5.2.19 <<'PYTHON'
from decimal import Decimal

import django
from django.conf import settings

settings.configure(
    LANGUAGE_CODE="da",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()
from django.db import connection, models
from django.db.models.functions import Round
from django.template.defaultfilters import floatformat
from django.utils.formats import number_format


class Line(models.Model):
    kept = models.DecimalField(max_digits=9, decimal_places=2)
    exact = models.DecimalField(max_digits=9, decimal_places=6)

    class Meta:
        app_label = "sales"


with connection.schema_editor() as editor:
    editor.create_model(Line)

runs("django")
seen("number_format(1.999, 2)", number_format(Decimal("1.999"), 2), "1,99")
seen("floatformat(1.999, 2)", floatformat(Decimal("1.999"), 2), "2,00")

half = Decimal("0.125")
row = Line.objects.create(kept=half, exact=half)
row = Line.objects.annotate(in_database=Round("exact", precision=2)).get(pk=row.pk)
seen("0.125 by number_format", number_format(half, 2), "0,12")
seen("0.125 by floatformat", floatformat(half, 2), "0,13")
seen("0.125 saved with two decimals", row.kept, Decimal("0.12"))
seen("0.125 by the database's Round()", f"{row.in_database:.2f}", "0.13")
PYTHON
