"""What each check found, why it matters and what to do; and what is said where nothing was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lagerbro.web.sentences import abilities
from lagerbro.web.sentences.checks import connections, ledger, pickers, purchases, sales
from lagerbro.web.sentences.words import Sentence, Words

CHECKS: Final[Mapping[str, Sentence]] = {
    **abilities.SENTENCES,
    **connections.SENTENCES,
    **ledger.SENTENCES,
    **pickers.SENTENCES,
    **purchases.SENTENCES,
    **sales.SENTENCES,
}

PASSED: Final[Mapping[str, Words]] = {
    **connections.PASSED,
    **ledger.PASSED,
    **purchases.PASSED,
    **sales.PASSED,
}
"""For checks that belong to no setting; those that do are told by the setting's name."""
