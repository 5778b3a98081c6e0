"""What webhooksapi sends and takes."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.services.properties import LIKE, LISTS, OBJECT_VERSION, ORDER, Property, Shape

WEBHOOK: Final[Shape] = {
    "eventType": Property("string", required=True, shortest=1, filters=LISTS, sortable=True),
    "name": Property("string", required=True, longest=100, filters=LIKE, sortable=True),
    "url": Property("string", required=True, longest=1000, filters=LIKE),
    "contentType": Property("string", required=True, longest=50),
    "postData": Property("string", longest=4000),
    "customHeaders": Property("array"),
    "isDisabled": Property("boolean", filters=ORDER),
    "lastDisabledDate": Property("date-time", readonly=True, filters=ORDER),
    "lastUpdated": Property("date-time", readonly=True, filters=ORDER),
    "objectVersion": OBJECT_VERSION,
}
