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

CREDIT_NOTES_KEEP_SIGNS: Final = True
"""P (3.8): a credit note made from an invoice has `is_creditnote` and the signs of the invoice's lines, so that of an
ordinary invoice it is positive."""

DEFAULT_LOCATION: Final = 1
"""P: where goods lie when nobody says where and the account names no default."""

SHORTAGE: Final = "last known cost"
"""P (6): stock below zero is worth the last known cost per unit (or nothing, if none is known). What comes in covers it
first, at that very cost; the difference in price leaves with the covering receipt, on its day, and is not corrected
backwards."""

RETURNS_COST_WHAT_THEY_COST: Final = True
"""P (6): goods that come back from a customer are worth what they were when they left, as corrected since."""

RETURNS_TO_SUPPLIERS_LEAVE_AS_ALL_ELSE: Final = True
"""P (3.9): goods sent back to a supplier leave at the cost that stock has, not at the price they were bought for."""

LOCATION_VALUE_IS_ITS_SHARE: Final = True
"""P (3.13): an item has one cost for all its locations; a location's value is its quantity at that cost."""

SAME_DAY_BY_ENTRY: Final = True
"""P (6): movements of one day count in the order in which they were made."""

VALUE_ADJUSTMENT_FIELD: Final = "cost_price"
"""P (3.12): a value adjustment says what a unit is worth from that day on; `value` is read too."""

MOVEMENTS_ARRIVE_WHEN_BOOKED: Final = True
"""P (3.12): an internal movement changes both locations when it is booked; its receipt only says that it was seen."""

NOTHING_MOVES_IN_THE_FUTURE: Final = True
"""P (3.12): an adjustment dated after today is refused; a document dated so moves its goods today."""

ORDERS_ARE_BOOKED_WHEN_POSTED: Final = True
"""I (3.6): `POST /orders` and `/purchase-orders` book, `drafts` does not; `book=false` is heard too. An order without
lines stays a draft. Plain `POST /customer-invoices` and `/supplier-invoices` make drafts."""

CONVERSIONS_BOOK: Final = True
"""D (3.8): the documentation tells to pass `book=false` for a draft."""

CREDITS_RETURN_GOODS: Final = False
"""P (3.8, domain-rules C5): a credit note moves goods only when `reverse_inventory` asks for it."""

WEBHOOK_LOG_DAYS: Final = 30
"""P (2.4): how long the log remembers a delivery after it has ended."""

LOCATION_DEPTH_MAX: Final = 3
"""Second-hand (3.12): how deeply locations nest depends on the plan; three levels at most."""

FIXED_SETTINGS: Final = ("base_currency", "costing_principle")
"""D (3.11, 6): chosen when the account is opened, for good. The identifiers are ours (P 2.1)."""

ITEMS_IN_STOCK_STAY: Final = True
"""P (3.2): an item with stock cannot be deleted, one without can; lines keep its number and name."""

EVENT_STOCK: Final = "inventory.updated"
"""P (2.4): the name of the event of stock is not public; its body was seen (L): `{item, item_type, type: "stock"}`."""

MAILS_LEAVE_A_NOTE: Final = True
"""P (3.8): no mail leaves the sandbox; what would have been sent, and to whom, stands in a note on the document."""

REMOVED_LINES_GIVE_BACK: Final = True
"""P (3.8): the goods of a line come back when it is removed from an unbooked invoice, or with it."""

INITIAL_STOCK_IS_AN_ADJUSTMENT: Final = True
"""P (3.2): `stock_quantity` on making a product is its first stock, at the expected cost; later it is not heard."""

PRODUCED_GOODS_COST_THEIR_PARTS: Final = True
"""P (3.12): a produced lot is worth what its parts were worth when they were taken; a part whose price is corrected
afterwards does not correct the lot."""
