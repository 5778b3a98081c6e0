"""Every page as people see it: no accessibility violations, nothing wider than the screen, not too heavy.

Two dresses in an ordinary run; all eight, with a picture of each, by `make screenshots`.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from lagerbro.agreements.models import Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.clients import ClientFactory
from tests.browser.narrow import broken_names
from tests.browser.pages import PAGES, Scene, Shown
from tests.sandboxes import BEARER, GRANT
from tests.world import Company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PAGE_LIMIT_BYTES: Final = 100 * 1024
PICTURES: Final = Path("screenshots")
SIZES: Final = {"narrow": (390, 844), "wide": (1280, 900)}
LOCALES: Final = {"da": "da-DK", "en": "en-GB"}
DRESSES: Final = [(lang, scheme, size) for lang in LOCALES for scheme in ("light", "dark") for size in SIZES]
ORDINARY: Final = (("da", "light", "wide"), ("en", "dark", "narrow"))


@pytest.fixture
def scene(company: Company, pages: str, factory: ClientFactory, settings: Settings) -> Scene:
    settings.LAGERBRO_PLAIN_KEYS = True  # the page of keys is there where it is asked for
    agreement = company.agreement
    with agreement_scope(agreement.pk):
        Credentials.in_scope.create(agreement=agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
    return Scene(company)


def dressed(browser: Browser, language: str, scheme: str, size: str) -> BrowserContext:
    width, height = SIZES[size]
    return browser.new_context(
        locale=LOCALES[language],
        color_scheme=scheme,  # type: ignore[arg-type]  # one of Playwright's literals
        viewport={"width": width, "height": height},
    )


@pytest.mark.parametrize(("language", "scheme", "size"), DRESSES)
def test_every_page_in_every_dress(
    browser: Browser,
    live_server: LiveServer,
    scene: Scene,
    pytestconfig: pytest.Config,
    language: str,
    scheme: str,
    size: str,
) -> None:
    pictures = bool(pytestconfig.getoption("--pictures"))
    if not pictures and (language, scheme, size) not in ORDINARY:
        pytest.skip("by make screenshots")
    wrong = [
        f"{shown.name}: {complaint}"
        for shown in PAGES
        for complaint in looked_at(browser, live_server.url, scene, shown, (language, scheme, size), pictures=pictures)
    ]
    assert wrong == []


def _take(page: Page, path: Path) -> None:
    """The whole page on a screen as tall: what sticks to the lower edge stands where one finds it at the end."""
    path.parent.mkdir(exist_ok=True)
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.screenshot(path=path, full_page=True)
    page.set_viewport_size(size)


def looked_at(
    browser: Browser, root: str, scene: Scene, shown: Shown, dress: tuple[str, str, str], *, pictures: bool
) -> Iterator[str]:
    """What is wrong with the page in this dress."""
    language, _, size = dress
    path = shown.address(scene)
    context = dressed(browser, *dress)
    host = urlsplit(root).hostname or ""
    context.add_cookies(
        [{"name": n, "value": v, "domain": host, "path": "/"} for n, v in scene.cookies(shown.by).items()]
    )
    page = context.new_page()
    answer = page.goto(f"{root}{path}")
    assert answer is not None
    if pictures:
        _take(page, PICTURES / f"{shown.name}-{'-'.join(dress)}.png")
    if answer.status != shown.status:
        yield f"{answer.status}, not {shown.status}"
    if shown.name != "sign-in" and urlsplit(page.url).path == "/account/login/":
        yield "asks for sign-in instead"
    if len(gzip.compress(answer.body())) > PAGE_LIMIT_BYTES:
        yield "too heavy"
    if page.evaluate("document.documentElement.scrollWidth") > SIZES[size][0]:
        yield "wider than the screen"
    if page.evaluate("document.documentElement.lang") != language:
        yield "in the wrong language"
    found = Axe().run(page)
    if found.violations_count:
        yield found.generate_report()
    yield from broken_names(page)
    context.close()


def test_the_list_names_each_page_once() -> None:
    names = [shown.name for shown in PAGES]
    assert sorted(names) == sorted(set(names))
