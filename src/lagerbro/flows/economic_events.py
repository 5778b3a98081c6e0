"""What a webhook from e-conomic is about. A new event is one row here.

Nothing is signed (economic-api 11.3), so a call is a hint: its number says where to look, and all is read afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ECONOMIC_EVENTS: Final[Mapping[str, str]] = {"customer_updated": "customer", "product_updated": "product"}
"""The kind of record by the event, in lower case: what stands still because of the record is tried again."""
