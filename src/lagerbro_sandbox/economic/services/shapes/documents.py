"""What documentsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import LISTS, Property, Shape

DOCUMENT: Final[Shape] = {
    "number": Property("integer", filters=LISTS, sortable=True),
    "note": Property("string", longest=250),
    "pageCount": Property("integer"),
    "voucherNumber": Property("integer", required=True, least=1, most=999999999, filters=LISTS),
    "accountingYear": Property("string", required=True, longest=11, filters=LISTS),
}
