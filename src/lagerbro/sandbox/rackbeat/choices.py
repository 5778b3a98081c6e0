"""Where nothing about Rackbeat is public we had to choose. Every such choice stands here, with what it leans on.

Marks: D documented, L seen live, C seen in client code, I inferred, P our proposal (rackbeat-api 0).
"""

from __future__ import annotations

from typing import Final

FIRST_NUMBER: Final = 1001
"""P (rackbeat-api 5.4): every series begins at 1001, as purchase orders do (D)."""

EVENT_INVOICE_BOOKED: Final = "customer_invoice.booked"
"""I (2.4): the pattern of the events that are documented."""

EVENT_UNINSTALLED: Final = "plugin.uninstalled"
"""C (2.4): listed by the dashboard's repair job; the key is the plugin's id (P)."""

UNAUTHENTICATED: Final = "Unauthenticated."
NOT_FOUND: Final = "Not found."
INVALID: Final = "The given data was invalid."
THROTTLED: Final = "Too Many Attempts."
"""P (1.6): what stock Laravel says."""

REQUESTS_PER_MINUTE: Final = 480
"""C (1.2): the limit that Rackbeat's own client keeps to."""

RETRY_AFTER_MINUTES: Final = (1, 5, 15, 60, 240, 720)
"""P (5.8): the schedule of webhook retries; D only says growing waits over about 24 hours."""

REQUEST_TOKEN_HOURS: Final = 1
"""P (2.2): how long a request to install may be accepted."""

CREDIT_NOTES_ARE_POSITIVE: Final = True
"""P (3.8): a credit note made from an invoice has `is_creditnote` and positive amounts."""
