"""What is said of a setting that this release does not carry out yet, on every page that shows or checks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

PURCHASES: Final = _(
    "This release does not transfer supplier invoices yet. Post them yourself in e-conomic until then."
)
STOCK_VALUE: Final = _("This release does not transfer the stock value yet. Post it yourself in e-conomic until then.")
_NOTHING_ELSE: Final = _("Nothing else waits for it.")

NOT_YET: Final[Mapping[str, Words]] = {
    "suppliers_enabled": PURCHASES,
    "stock_value_enabled": STOCK_VALUE,
}
SENTENCES: Final[Mapping[str, Sentence]] = {
    f"{setting}_not_yet": Sentence(_("“%(label)s” is switched on or filled in."), _NOTHING_ELSE, words)
    for setting, words in NOT_YET.items()
}
