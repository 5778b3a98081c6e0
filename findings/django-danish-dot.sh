#!/bin/sh
# A localized number field in Danish reads the same dot in two ways: 1.50 is one and a half, 1.500 is fifteen hundred.
. "$(dirname "$0")/isolated.sh"
isolated django==5.2.19 <<'PYTHON'
from decimal import Decimal

import django
from django.conf import settings

settings.configure(LANGUAGE_CODE="da", USE_THOUSAND_SEPARATOR=True)
django.setup()
from django import forms

price = forms.DecimalField(localize=True)

runs("django")
print("forms.DecimalField(localize=True), LANGUAGE_CODE da, where the dot is the separator of thousands")
for text, recorded in (
    ("1.234,50", "1234.50"),
    ("1.50", "1.50"),
    ("1.500", "1500"),
    ("1.5000", "1.5000"),
    ("0.125", "125"),
    ("1.2.3", "123"),
):
    seen(f"typed {text}", str(outcome(price.clean, text)), recorded)
PYTHON
