"""Digests that nobody without our signing key can make. They are known again while the key that made them is among the
signing keys, so that renewing the key closes nothing that is open (`lagerbro rotate-keys`).
"""

from __future__ import annotations

import hmac
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

LENGTH: Final = 64


def keyed_digest(salt: str, text: str, length: int = LENGTH) -> str:
    """By the newest signing key, so many hexadecimal digits of it."""
    return _digest(salt, text, settings.SECRET_KEY)[:length]


def is_keyed_digest(salt: str, text: str, given: str, length: int = LENGTH) -> bool:
    """Whether one of our signing keys, old or new, makes it of the text."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = [_digest(salt, text, key)[:length].encode() for key in keys]
    return any(hmac.compare_digest(one, given.encode()) for one in made)


def _digest(salt: str, text: str, key: str) -> str:
    return salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest()
