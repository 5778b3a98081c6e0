"""What suppliersapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import ALL, LISTS, OBJECT_VERSION, ORDER, Property, Shape

GROUP: Final[Shape] = {
    "number": Property("integer", required=True, least=1, most=999999999, filters=LISTS, sortable=True),
    "name": Property("string", required=True, longest=50, filters=ALL),
    "accountNumber": Property("integer", required=True, least=1, most=999999999, filters=LISTS, sortable=True),
    "objectVersion": OBJECT_VERSION,
}

CONTACT: Final[Shape] = {
    "number": Property("integer", readonly=True, filters=LISTS, sortable=True),
    "supplierNumber": Property("integer", required=True, least=1, most=999999999, filters=LISTS, sortable=True),
    "userInterfaceNumber": Property("integer", readonly=True, filters=LISTS),
    "name": Property("string", required=True, longest=255, filters=ALL),
    "email": Property("string", longest=255, filters=ALL),
    "phone": Property("string", longest=50),
    "notes": Property("string", longest=2000),
    "lastUpdated": Property("date-time", readonly=True, filters=ORDER),
    "objectVersion": OBJECT_VERSION,
    "isDeleted": Property("boolean", readonly=True, filters=ORDER),
    "active": Property("boolean", readonly=True, filters=ORDER),
}
