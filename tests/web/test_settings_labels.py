"""The page's words: the article's labels letter by letter and in its order, every warning, both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.questions import BY_KEY, QUESTIONS, Section
from lagerbro.agreements.suggestions import SuggestionReason
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.views.settings.misfit_words import MISFITS, misfit_text
from lagerbro.web.views.settings.words import LABELS, OPTIONS, REASONS, SECTIONS, WARNINGS
from tests.web.settings_page import SettingsPage

VERBATIM = {
    "suppliers_enabled": "Aktiver kreditor-integration",
    "supplier_group_account": "Konto for leverandørgrupper",
    "supplier_journal": "Kassekladde",
    "fallback_account": "Standard konto hvis ingen fundet",
    "sales_enabled": "Aktiver debitor-integration",
    "use_actual_quantity": "Brug faktisk antal ved oprettelse",
    "book_on_booking": "Bogfør fakturaer i e-conomic ved bogføring i Rackbeat",
    "never_book_ean": "Bogfør aldrig EAN fakturaer",
    "mark_shipped": "Marker fakturaer som afsendt ved bogføring i e-conomic",
    "empty_line_item": "Varenr. til tomme e-conomic varelinjer",
    "oss_enabled": "Aktiver One Stop Moms",
    "use_actual_cost": "Brug faktisk kostpris",
    "stock_value_enabled": "Aktiver lagerværdi-synkronisering",
    "stock_frequency": "Frekvens",
    "stock_journal": "Kassekladde",
    "stock_account": "Varelager konto",
    "stock_contra_account": "Modkonto",
    "startup_sync": "Opstarts-synk",
    "number_taken": "Nummer optaget",
}
HEADINGS = [
    "Leverandørfakturaer",
    "Bogføring",
    "Kundefakturaer",
    "Produkter og grupper",
    "Layouts",
    "Daglig lagerværdi opdatering",
    "Opstarts-synk",
]


@pytest.mark.parametrize("key", VERBATIM)
def test_a_label_is_the_articles(key: str) -> None:
    with override("da"):
        assert str(LABELS[key].label) == VERBATIM[key]


def test_headings_columns_and_frequencies_are_the_articles() -> None:
    with override("da"):
        assert [str(SECTIONS[section]) for section in Section] == HEADINGS
        assert [str(words) for words in ZONES.values()] == ["Indland", "EU", "Udland", "Momsfri"]
        assert [str(OPTIONS[name]) for name in BY_KEY["stock_frequency"].options] == [
            "Dagligt",
            "Ugentligt",
            "Månedligt",
        ]


def test_nothing_is_without_words() -> None:
    assert LABELS.keys() == BY_KEY.keys()
    assert {warning for question in QUESTIONS for warning in question.warnings} == WARNINGS.keys()
    assert {option for question in QUESTIONS for option in question.options} == OPTIONS.keys()
    assert set(SuggestionReason) == REASONS.keys()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("code", sorted(MISFITS))
def test_a_misfit_is_told_without_its_details(code: str, language: str) -> None:
    with override(language):
        text = misfit_text(Misfit(code))
    assert text
    assert "%(" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_asks_everything_in_the_articles_order(sheet: SettingsPage, language: str) -> None:
    page = sheet.open(language)
    assert page.status == 200
    with override(language):
        at = [page.html.index(f'id="h-{section.value}"') for section in Section]
        assert at == sorted(at)
        for question in QUESTIONS:
            assert f'id="{question.anchor}"' in page.html, question.key
            for warning in question.warnings:
                assert str(WARNINGS[warning]) in page.html, warning
    asked = [page.html.index(f'id="{question.anchor}"') for question in QUESTIONS if question.key != "layouts"]
    assert asked == sorted(asked)


@pytest.mark.django_db
def test_the_pointer_to_the_start_up_sync_stands_first_and_its_control_last(sheet: SettingsPage) -> None:
    html = sheet.open().html
    assert html.index("Gå til Opstarts-synk nederst") < html.index('id="q-suppliers-enabled"')
    assert html.index('id="q-startup-sync"') > html.index('id="q-stock-contra-account"')
    assert html.count('name="startup_sync" value="on"') == 1
