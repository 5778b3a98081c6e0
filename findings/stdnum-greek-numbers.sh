#!/bin/sh
# A Greek VAT number is valid with GR and with EL in front, and each comes back as it was written: one company has two
# "validated" numbers. A Northern Irish number is valid with XI, and the same digits with GB are not.
. "$(dirname "$0")/isolated.sh"
isolated python-stdnum==2.2 <<'PYTHON'
from stdnum.eu import vat

runs("python-stdnum")
seen("EL 023456780 validated", outcome(vat.validate, "EL 023456780"), "EL023456780")
seen("GR 023456780 validated", outcome(vat.validate, "GR 023456780"), "GR023456780")
seen("country of EL 023456780", vat.guess_country("EL 023456780"), ["gr"])
seen("XI 123456782 validated", outcome(vat.validate, "XI 123456782"), "XI123456782")
seen("GB 123456782 validated", outcome(vat.validate, "GB 123456782"), "InvalidComponent")
seen("country of GB 123456782", vat.guess_country("GB 123456782"), ["xi"])
PYTHON
