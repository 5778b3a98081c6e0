"""What people look at in a sandbox: templates, static files, forms and the answers around them.

Pages are answered by the core like everything else, so that a test reads them without a socket.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.numbers import danish

FIELDS_MAX: Final = 5000
_SHARED: Final = "lagerbro_sandbox.kernel"
"""Whose templates and static files every sandbox has beside its own: the frame, the components and their style."""
_TYPES: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "frame-src http: https:; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_NAME: Final = "e-conomic"
_ON_ONE_LINE: Final = f'<span class="nobr">{_NAME}</span>'
_TEXT_WITH_NAME: Final = re.compile(rf"(?<=>)[^<>]*{_NAME}[^<>]*(?=<(?!/(?:option|title|textarea)))")


def environment(package: str) -> Environment:
    """The templates of a package, with Danish figures and dates as filters. What a record lacks is empty."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_SHARED)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["segment"] = lambda value: quote(str(value), safe="")
    made.filters |= {name: getattr(danish, name) for name in danish.FILTERS}
    return made


def html(content: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page. The name e-conomic is held on one line, which no style alone can do; attributes are as they were."""
    return Response(status, {**_HEADERS, **(headers or {})}, _TEXT_WITH_NAME.sub(_on_one_line, content).encode())


def _on_one_line(run: re.Match[str]) -> str:
    """The whole run of text in one element, for it may stand in a row of flexible boxes."""
    return f"<span>{run[0].replace(_NAME, _ON_ONE_LINE)}</span>"


def redirect(address: str, status: int = 303, headers: Mapping[str, str] | None = None) -> Response:
    """Go there."""
    return Response(status, {"Location": address, "Cache-Control": "no-store", **(headers or {})})


def static(package: str, name: str) -> Response | None:
    """A file of the package's `static` folder, or of the one that all share; None for a name that is in neither."""
    ending = name[name.rfind(".") :]
    if ending not in _TYPES or "/" in name or "\\" in name:
        return None
    places = (files(owner).joinpath("static", name) for owner in (package, _SHARED))
    file = next((place for place in places if place.is_file()), None)
    if file is None:
        return None
    return Response(200, {"Content-Type": _TYPES[ending], "Cache-Control": "max-age=60"}, file.read_bytes())


def form(request: Request) -> list[tuple[str, str]]:
    """What a form sent, in order; ValueError for more than `FIELDS_MAX` fields."""
    text = request.body.decode("utf-8", "replace")
    return parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX)


def cookies(request: Request) -> dict[str, str]:
    """The cookies that were sent."""
    parts = (part.strip().partition("=") for part in request.headers.get("cookie", "").split(";"))
    return {name: value for name, _, value in parts if name}


def is_from_own_page(request: Request, base: str) -> bool:
    """Whether a form was sent by one of these pages: another site's page names another origin."""
    origin = request.headers.get("origin")
    if origin is None:
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return urlsplit(origin).netloc in (request.host, urlsplit(base).netloc)


def own_address(address: str, root: str) -> str:
    """The address where it is one of these pages, else their front page: never another site's."""
    plain = unquote(address).replace("\\", "/")
    is_ours = address.startswith(f"{root}/") and "//" not in plain and plain.isprintable()
    return address if is_ours else f"{root}/"
