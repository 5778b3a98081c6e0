"""What accountingyearsapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import OBJECT_VERSION, ORDER, Property, Shape

YEAR: Final[Shape] = {
    "year": Property("string", readonly=True, filters=ORDER, sortable=True),
    "dateFrom": Property("date-time", required=True, filters=ORDER, sortable=True),
    "dateTo": Property("date-time", required=True, filters=ORDER, sortable=True),
    "isClosed": Property("boolean", required=True, filters=ORDER),
    "objectVersion": OBJECT_VERSION,
}

PERIOD: Final[Shape] = {
    "periodNumber": Property("integer", required=True, filters=ORDER, sortable=True),
    "year": Property("string", filters=ORDER, sortable=True),
    "dateFrom": Property("date-time", required=True, filters=ORDER, sortable=True),
    "dateTo": Property("date-time", required=True, filters=ORDER, sortable=True),
    "isClosed": Property("boolean", required=True),
    "isBarred": Property("boolean", required=True),
    "objectVersion": OBJECT_VERSION,
}
