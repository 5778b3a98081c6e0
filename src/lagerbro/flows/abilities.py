"""What this release does not carry out yet, by the switch of its section: pages say so where it is asked for.

Every other setting is read by a flow, and a test holds that.

What is not carried out is never promised, and never stands in the way of what is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec

from lagerbro.books.choices import Choices
from lagerbro.flows.registry import FLOWS, ROUTINES

SUPPLIER_INVOICES: Final = "supplier_invoice"
STOCK_VALUE: Final = "stock_value"
"""What the two are called in the registries when they are there."""
SECTIONS: Final = {"suppliers_enabled": SUPPLIER_INVOICES, "stock_value_enabled": STOCK_VALUE}
"""The switches of whole sections, and what carries each out."""
NAMES: Final = frozenset({*FLOWS, *ROUTINES})


def unsupported_settings() -> frozenset[str]:
    """The settings that this release does not carry out."""
    return frozenset(switch for switch, name in SECTIONS.items() if name not in NAMES)


def carried_out(choices: Choices, missing: Collection[str]) -> Choices:
    """The choices as far as they have an effect: sections that are not carried out are off."""
    off = {switch: False for switch in SECTIONS if switch in missing}
    return msgspec.structs.replace(choices, **off)
