"""What a page says of a transfer that stands still, as one text."""

from __future__ import annotations

from django.utils.translation import override

from lagerbro.sync.models import Transfer
from lagerbro.web.status.messages import message_for


def sentence(transfer: Transfer, language: str) -> str:
    """What happened, why, and what to do: none of them is missing."""
    with override(language):
        message = message_for(transfer, is_overdue=False)
    assert message is not None
    assert message.what
    assert message.why
    assert message.do
    return f"{message.what} {message.why} {message.do}"
