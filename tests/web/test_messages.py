"""Every string in both languages; a sentence for every code; contrast that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override
from tools.messages import problems

from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.words import message_of

SOURCE = Path(__file__).parent.parent.parent / "src" / "lagerbro"
CALLS = {"Refusal", "PlanRefusal", "Skipped", "OutcomePending", "TotalsVerdict"}


def test_no_string_is_missing_unused_or_fuzzy() -> None:
    assert problems() == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_told_whole_and_without_its_details(code: str, language: str) -> None:
    with override(language):
        told = message_of(SENTENCES[code], code, "10432", {})
    assert told.what
    assert told.why
    assert told.do
    assert "%(" not in f"{told.what}{told.why}{told.do}"


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


CSS = (SOURCE / "web" / "static" / "lagerbro" / "lagerbro.css").read_text("utf-8")
BLOCKS = re.findall(r"\{([^{}]*--surface: #[^{}]*)\}", CSS)
THEMES = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in BLOCKS]


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark", "dark by choice"])
def test_text_and_borders_can_be_seen(theme: dict[str, str]) -> None:
    for ground in ("surface", "card"):
        for text in ("text", "muted", "accent"):
            assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
        assert contrast(theme["control"], theme[ground]) >= 3
    for tone in ("good", "attention", "problem", "neutral"):
        assert contrast(theme[tone], theme[f"{tone}-tint"]) >= 4.5, tone
    assert contrast(theme["on-accent"], theme["accent"]) >= 4.5
