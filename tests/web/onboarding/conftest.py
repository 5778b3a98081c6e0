"""The program with lines to both local systems, and a person at a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from lagerbro.economic.client import Hosts
from lagerbro.sync.lines import Lines, set_lines
from tests.installing import HERE, Installer
from tests.sandboxes import APP_SECRET, Sandboxes


@pytest.fixture
def lines(db: None, systems: Sandboxes, settings: Settings) -> Iterator[Lines]:
    settings.LAGERBRO_ECONOMIC_APP_SECRET = APP_SECRET
    settings.LAGERBRO_ECONOMIC_APP_PUBLIC_TOKEN = "public"
    settings.LAGERBRO_ECONOMIC_GRANT_URL = "http://economic.test/secure/api1/requestaccess.aspx"
    settings.LAGERBRO_PUBLIC_URL = HERE
    settings.LAGERBRO_RACKBEAT_URL = settings.LAGERBRO_FRAME_ORIGIN = "http://rackbeat.test"
    made = Lines(systems.clock, systems.rackbeat_http, Hosts(systems.economic_http, systems.economic_http))
    set_lines(made)
    yield made
    set_lines(None)


@pytest.fixture
def installer(lines: Lines, systems: Sandboxes, client: Client) -> Installer:
    return Installer(systems, client)
