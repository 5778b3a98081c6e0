"""The page of the market where a person finds an app and begins with it: the second way in (domain-rules A1).

Beginning is the app's own matter: the button leads to the address that the app has given the market.
"""

from __future__ import annotations

from html import escape
from typing import Final

from lagerbro_sandbox.economic.platform.grant_page import page
from lagerbro_sandbox.kernel.http import Response

PATH: Final = "/secure/market"


def answer(app_address: str) -> Response:
    """`app_address`: where the one app of this market begins; empty where the market knows of none."""
    if not app_address:
        return page(200, "Markedet", "<p>Der er ingen apps på markedet endnu.</p>")
    content = (
        "<h2>Rackbeat</h2><p>Lager og fakturering, der går af sig selv over i regnskabet.</p>"
        f'<p><a class="button" href="{escape(app_address)}">Kom i gang</a></p>'
    )
    return page(200, "Markedet", content)
