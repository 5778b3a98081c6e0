"""What is signed and outlives a key: the sessions of the people who are signed in.

The rest that is signed lives for hours, or for days in letters, and is known by the older keys until then; see
`agreements.keyed_digests`. A test walks the source for anything else.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone

from lagerbro.people.models import Person


def renew_sessions() -> None:
    """Sign every session with the newest key, unless somebody has stored it anew since it was read."""
    store = SessionStore()
    open_ones = Session.objects.filter(expire_date__gt=timezone.now())
    for key, stored in open_ones.values_list("pk", "session_data").iterator():
        if _is_signed_with_newest(store, stored):
            continue
        held = store.decode(stored)
        if held:  # else no key of ours has signed it, and it opens nothing
            renewed = store.encode(_known_by_newest(held))
            Session.objects.filter(pk=key, session_data=stored).update(session_data=renewed)


def _is_signed_with_newest(store: SessionStore, stored: str) -> bool:
    try:
        signing.loads(stored, salt=store.key_salt, serializer=store.serializer, fallback_keys=[])
    except signing.BadSignature:
        return False
    return True


def _known_by_newest(held: dict[str, Any]) -> dict[str, Any]:
    """Django holds a digest of the password in the session, made with the signing key, to end it when that changes."""
    person = Person.objects.filter(pk=held[SESSION_KEY]).first() if SESSION_KEY in held else None
    if person is None or held.get(HASH_SESSION_KEY) not in set(person.get_session_auth_fallback_hash()):
        return held
    return {**held, HASH_SESSION_KEY: person.get_session_auth_hash()}
