"""Django settings for the tests."""

from __future__ import annotations

from lagerbro.app.settings import *  # noqa: F403
