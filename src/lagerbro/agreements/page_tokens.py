"""What pages in another site's frame carry instead of a cookie: a signed text in their path, and one in their forms.

Third-party cookies do not arrive there (measured), so the capability address is exchanged for a page token: good for
some hours, renewed while somebody works, worth nothing once the capability is withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.core import signing

from lagerbro.agreements.keyed_digests import is_keyed_digest, keyed_digest
from lagerbro.agreements.models import Capability

FORM_FIELD: Final = "csrfmiddlewaretoken"
"""The field that Django's own tag writes, so that a form is the same behind every door."""
PAGE_TOKEN_LIFETIME: Final = timedelta(hours=12)
PAGE_TOKEN_RENEWED_AFTER: Final = timedelta(minutes=30)
LENGTH_MAX: Final = 300
_SALT: Final = "lagerbro.page"
_FORM_SALT: Final = "lagerbro.form"


@dataclass(frozen=True, slots=True)
class PageToken:
    """`language` is what the reader chose on the page; empty leaves it to the browser."""

    capability_id: int
    language: str = ""

    def text(self) -> str:
        return signing.dumps([self.capability_id, self.language], salt=_SALT)


def read_page_token(text: str) -> PageToken | None:
    """The token, if it is ours and not too old."""
    return _read(text, PAGE_TOKEN_LIFETIME)


def is_recent(text: str) -> bool:
    """Whether the token need not be renewed yet."""
    return _read(text, PAGE_TOKEN_RENEWED_AFTER) is not None


def _read(text: str, life: timedelta) -> PageToken | None:
    if len(text) > LENGTH_MAX:
        return None
    try:
        capability_id, language = signing.loads(text, salt=_SALT, max_age=life)
    except (signing.BadSignature, ValueError):
        return None
    return PageToken(capability_id, language)


def form_token(capability: Capability) -> str:
    """What the forms of the capability's pages carry, and nobody else can know."""
    return keyed_digest(_FORM_SALT, _named(capability))


def is_form_token(capability: Capability, given: str) -> bool:
    return is_keyed_digest(_FORM_SALT, _named(capability), given)


def _named(capability: Capability) -> str:
    return f"{capability.pk}:{capability.digest}"
