"""The router finds a handler by verb and path, and says why when it finds none."""

from __future__ import annotations

import pytest

from lagerbro_sandbox.kernel.routing import NoSuchMethodError, NoSuchPathError, Router


@pytest.fixture
def router() -> Router[str]:
    router: Router[str] = Router()
    for method, path in (
        ("GET", "/things"),
        ("GET", "/things/{}"),
        ("GET", "/things/{}.pdf"),
        ("POST", "/things/drafts"),
        ("GET", "/things/special/parts"),
        ("PUT", "/things/{}/parts/{}"),
        ("GET", "/"),
    ):
        router.add(method, path, f"{method} {path}")
    return router


@pytest.mark.parametrize(
    ("method", "path", "handler", "values"),
    [
        ("GET", "/things", "GET /things", []),
        ("GET", "/THINGS/", "GET /things", []),
        ("GET", "/things/A%2FB", "GET /things/{}", ["A/B"]),
        ("GET", "/things/1001.pdf", "GET /things/{}.pdf", ["1001"]),
        ("GET", "/things/.pdf", "GET /things/{}", [".pdf"]),
        ("POST", "/things/drafts", "POST /things/drafts", []),
        ("GET", "/things/drafts", "GET /things/{}", ["drafts"]),
        ("PUT", "/things/special/parts/3", "PUT /things/{}/parts/{}", ["special", "3"]),
        ("GET", "/", "GET /", []),
    ],
)
def test_literal_segments_win_unless_only_the_varying_one_knows_the_verb(
    router: Router[str], method: str, path: str, handler: str, values: list[str]
) -> None:
    assert router.find(method, path) == (handler, values)


def test_a_known_path_under_another_verb_names_the_verbs_and_an_unknown_path_does_not(router: Router[str]) -> None:
    with pytest.raises(NoSuchMethodError) as refused:
        router.find("DELETE", "/things/drafts")
    assert refused.value.allowed == ["GET", "POST"]
    for path in ("/other", "/things/1/parts", "/things/1/parts/2/3"):
        with pytest.raises(NoSuchPathError):
            router.find("GET", path)


def test_every_route_is_known(router: Router[str]) -> None:
    assert {f"{method} {path}" for method, path in router.paths()} == {
        "GET /things",
        "GET /things/{}",
        "GET /things/{}.pdf",
        "POST /things/drafts",
        "GET /things/special/parts",
        "PUT /things/{}/parts/{}",
        "GET /",
    }
