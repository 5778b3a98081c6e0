"""The page where a person sees which apps have access to an agreement, and takes it away (economic-api 1.3)."""

from __future__ import annotations

import sqlite3
from html import escape
from typing import Final

from lagerbro_sandbox.economic.platform.grant_page import page
from lagerbro_sandbox.economic.platform.market_page import PATH as MARKET
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.pages import form, is_from_own_page, redirect

PATH: Final = "/secure/apps"


def answer(store: Store, request: Request, base: str) -> Response:
    """All grants, of every agreement here; pressing *Fjern* revokes one. Calls under it are 401 from then on."""
    if request.method == "POST":
        if not is_from_own_page(request, base):
            return page(403, "Afvist", "<p>Formularen kom fra en anden side.</p>")
        grant = dict(form(request)).get("grant", "")
        store.connection.execute("UPDATE permit SET revoked=1 WHERE CAST(rowid AS TEXT)=?", (grant,))
        return redirect(PATH)
    more = f'<p><a href="{MARKET}">Find flere apps på markedet</a></p><p><a href="/pages/">Til regnskabet</a></p>'
    return page(200, "Apps", f"{_table(store)}{more}", referrer="same-origin")


def _table(store: Store) -> str:
    rows = store.connection.execute(
        "SELECT permit.rowid AS number, permit.agreement, permit.revoked, app.name FROM permit "
        "JOIN app ON app.secret = permit.app_secret ORDER BY permit.agreement, app.name, permit.rowid"
    )
    items = "".join(_item(row) for row in rows)
    return f'<ul class="apps">{items}</ul>' if items else "<p>Ingen apps har adgang.</p>"


def _item(row: sqlite3.Row) -> str:
    """One grant, named by its row, since its token is nobody's to see."""
    what = "<small>Adgangen er fjernet.</small>" if row["revoked"] else _button(int(row["number"]))
    return f"<li><b>{escape(row['name'])}</b><small>Aftale {row['agreement']}</small>{what}</li>"


def _button(number: int) -> str:
    return (
        f'<form method="post" action="{PATH}"><input type="hidden" name="grant" value="{number}">'
        "<button>Fjern adgang</button></form>"
    )
