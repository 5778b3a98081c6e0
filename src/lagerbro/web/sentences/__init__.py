"""What happened, why, and what to do: a sentence for every code that a transfer can carry.

Codes are data, sentences are words. A code without a sentence is a defect that a test finds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lagerbro.web.sentences import (
    documents,
    drafts,
    master_data,
    startup,
    stock_value,
    supplier_documents,
    supplier_invoices,
    suppliers,
    systems,
    zones,
)
from lagerbro.web.sentences.from_economic import invoices as economic_invoices
from lagerbro.web.sentences.from_economic import orders
from lagerbro.web.sentences.words import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    **documents.SENTENCES,
    **drafts.SENTENCES,
    **economic_invoices.SENTENCES,
    **master_data.SENTENCES,
    **orders.SENTENCES,
    **supplier_invoices.SENTENCES,
    **supplier_documents.SENTENCES,
    **startup.SENTENCES,
    **stock_value.SENTENCES,
    **suppliers.SENTENCES,
    **systems.SENTENCES,
    **zones.SENTENCES,
}
