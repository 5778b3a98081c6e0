"""Every verb of every path, in an account with a history, with bodies that are right but for one place (issue 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from lagerbro_sandbox.rackbeat.surface import routes
from lagerbro_sandbox.worlds.size import Size
from tests.sandbox.rackbeat.standing import ACCOUNT, stands
from tests.sandbox.worlds.making import rackbeat
from tests.sandboxes import BEARER

ROUTES: Final = sorted(routes().paths())
CHUNK: Final = 12
CHUNKS: Final = [ROUTES[start : start + CHUNK] for start in range(0, len(ROUTES), CHUNK)]
TIMES: Final = 8
"""How often every path is asked."""
STATUSES: Final = (200, 201, 206, 400, 401, 403, 404, 405, 422)

ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=7, min_value=-(10**9), max_value=10**9),
    st.text(max_size=12),
    st.sampled_from(
        ["", "x" * 3000, "2026-02-30", "9999-12-31", "0001-01-01", "1e400", "\0", 10**30, [], {}, [{}], [[]], [None]]
    ),
    st.dictionaries(st.sampled_from(("number", "id", "lines", "quantity")), st.integers(-3, 3), max_size=2),
)
ACTS: Final[dict[str, Any]] = {
    "mark_received": True,
    "use_invoice_date": True,
    "reverse_inventory": True,
    "book": True,
    "shipping_date": "2026-11-01",
    "received_at": "2026-11-01",
    "regulated_at": "2026-11-01",
    "quantity": 3,
    "cost_price": 12.5,
    "amount": 10,
    "from_location": 1,
    "to_location": 1,
    "item_id": "RD/100011",
    "ids": ["KURSUS"],
    "content": "JVBERi0xLjQ=",
    "filename": "a.pdf",
    "event": "order.created",
    "url": "http://127.0.0.1:9/x",
    "value": "1",
    "note": "Tekst",
    "text": "Tekst",
    "settings_url": "http://127.0.0.1:9/s",
}
"""What acts on documents and stock may be told, besides a record's own attributes."""

_SOME_ACTS: Final = st.sets(st.sampled_from(sorted(ACTS)), max_size=5).map(
    lambda names: {name: ACTS[name] for name in sorted(names)}
)


@dataclass(frozen=True)
class _Drawn:
    """What chance decides of a request."""

    picks: list[int]
    acts: dict[str, Any]
    odd: Any
    is_spoilt: bool


DRAWN: Final = st.builds(
    _Drawn,
    st.lists(st.integers(0, 9999), min_size=4, max_size=4),
    _SOME_ACTS,
    ODD,
    st.sampled_from((True, True, False)),
)


@pytest.fixture(scope="module")
def core() -> Iterator[RackbeatSandbox]:
    made = rackbeat(Size(seed=11, products=14, months=1, sales=14))
    yield made
    made.close()


def _keys(core: RackbeatSandbox, kind: str) -> list[str]:
    rows = core.store.connection.execute(
        "SELECT key FROM record WHERE tenant=? AND kind=? ORDER BY id LIMIT 12", (ACCOUNT, kind)
    )
    return [row["key"].replace("/", "%2F") for row in rows]


def _path(core: RackbeatSandbox, pattern: str, picks: list[int]) -> str:
    """With keys of records that are there, as a rule."""
    parts = pattern.split("/")
    for at, part in enumerate(parts):
        if part == "{}":
            known = _keys(core, parts[at - 1]) or _keys(core, "products")
            parts[at] = _of([*known, *known, "1", "2", "0", "x", "%00", "9" * 25], picks[at % len(picks)])
    return "/".join(parts)


def _body(core: RackbeatSandbox, pattern: str, drawn: _Drawn) -> Any:
    """A record of the path's own kind, or what acts are told, with one place spoilt."""
    records = core.store.all(ACCOUNT, pattern.split("/")[1])[:12]
    known = [{name: value for name, value in each.items() if name != "number"} for each in records]
    body = from_json(to_json({**_of([{}, *known], drawn.picks[0]), **drawn.acts}))
    assert isinstance(body, dict)
    places = list(_places(body))
    if places and drawn.is_spoilt:
        _spoil(body, _of(places, drawn.picks[1]), drawn.odd)
    return body


def _of(choices: list[Any], pick: int) -> Any:
    """What is there differs from time to time; what is drawn must not, or Hypothesis cannot draw it again."""
    return choices[pick % len(choices)]


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, below in items:
        yield (*path, name)
        yield from _places(below, (*path, name))


def _spoil(body: Any, path: tuple[str | int, ...], odd: Any) -> None:
    for name in path[:-1]:
        body = body[name]
    body[path[-1]] = odd


def _ask(core: RackbeatSandbox, method: str, path: str, body: bytes) -> tuple[int, Any]:
    answer = core.handle(
        Request(method, f"/api{path}", "", {"authorization": f"Bearer {BEARER}"}, body, "rackbeat.test")
    )
    content = answer.body if answer.headers.get("Content-Type") == "application/json" else b"null"
    return answer.status, from_json(content or b"null")


@pytest.mark.parametrize("chunk", range(len(CHUNKS)))
def test_every_path_stands_a_wrong_place(core: RackbeatSandbox, chunk: int) -> None:
    size = len(CHUNKS[chunk])

    @given(drawn=st.lists(DRAWN, min_size=size, max_size=size))
    @settings(max_examples=TIMES, database=None, suppress_health_check=list(HealthCheck))
    def ask(drawn: list[_Drawn]) -> None:
        for (method, pattern), one in zip(CHUNKS[chunk], drawn, strict=True):
            body = b"" if method == "GET" else to_json(_body(core, pattern, one))
            path = _path(core, pattern, one.picks)
            status, content = _ask(core, method, path, body)
            if pattern == "/tokens/replace-current":
                core.store.connection.execute("UPDATE bearer SET token=? WHERE token=?", (BEARER, content["token"]))
            assert status in STATUSES, (method, path, body, content)
            if status >= 400:
                assert isinstance(content["message"], str)
        stands(core)

    ask()


def test_every_path_is_asked() -> None:
    assert sorted(route for chunk in CHUNKS for route in chunk) == ROUTES
    assert len(ROUTES) > 400
