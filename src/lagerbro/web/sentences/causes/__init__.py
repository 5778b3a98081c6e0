"""Several records that stand still for one cause, told in one sentence that names the cause.

`by` names the details that make two causes different: the account, the customer, the product. A date counts by its
year or month (`DATE`), for that is what is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lagerbro.web.sentences.causes.cause import Cause
from lagerbro.web.sentences.causes.documents import DOCUMENT_CAUSES
from lagerbro.web.sentences.causes.from_economic import FROM_ECONOMIC_CAUSES
from lagerbro.web.sentences.causes.master_data import MASTER_DATA_CAUSES
from lagerbro.web.sentences.causes.purchases import PURCHASE_CAUSES
from lagerbro.web.sentences.causes.stock_value import STOCK_VALUE_CAUSES
from lagerbro.web.sentences.causes.systems import SYSTEM_CAUSES

CAUSES: Final[Mapping[str, Cause]] = {
    **DOCUMENT_CAUSES,
    **FROM_ECONOMIC_CAUSES,
    **PURCHASE_CAUSES,
    **MASTER_DATA_CAUSES,
    **STOCK_VALUE_CAUSES,
    **SYSTEM_CAUSES,
}
