"""*Notifikationer*: what integrations wrote back on documents, and webhooks that nobody answers (rackbeat-api 4)."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat import notes
from lagerbro_sandbox.rackbeat.pages import document_kinds
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit
from lagerbro_sandbox.rackbeat.platform import webhooks
from lagerbro_sandbox.rackbeat.wire.listing import selected
from lagerbro_sandbox.rackbeat.wire.querying import Listing

ROWS: Final = 100
_LINK: Final = re.compile(r'<a\b[^>]*\bhref="(https?://[^"]*)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)


def add_to(router: PageRouter) -> None:
    router.add("GET", "notifications", _overview)


def links_in(html: str) -> list[tuple[str, str]]:
    """Address and text of each link in a note: nothing else of its HTML is shown."""
    return [(unescape(url), unescape(re.sub(r"<[^>]*>", "", text)).strip() or url) for url, text in _LINK.findall(html)]


def _overview(visit: Visit) -> Response:
    given = {"order_by": "number", "limit": str(ROWS)}
    newest = selected(visit.session, given, Listing(notes.KIND, notes.KIND))
    rows = [_row(note) for note in newest.rows]
    silent = [hook for hook in webhooks.listed(visit.session) if hook["failures_since_last_success"]]
    return visit.page("notifications.html", rows=rows, total=newest.total, silent=silent)


def _row(note: Record) -> Record:
    where, what = document_kinds.named(note["document"])
    return {**note, "links": links_in(note["note_html"]), "where": where, "what": what}
