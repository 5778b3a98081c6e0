"""The first sentence of Overblik follows from the counts below it, whatever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.models import AgreementState
from lagerbro.web.status.figures import Figures, Verdict, first_sentence

COUNTS = st.integers(0, 3)
FIGURES = st.builds(
    Figures,
    state=st.sampled_from(list(AgreementState)),
    transferred=COUNTS,
    drafted=COUNTS,
    moving=COUNTS,
    failing=COUNTS,
    records=COUNTS,
    faults=COUNTS,
    failing_routines=COUNTS,
    is_doubted=st.booleans(),
)
ACTIVE = Figures(AgreementState.ACTIVE, transferred=34)
CALM = {"da": "Alt er i orden.", "en": "Everything is in order."}


@given(FIGURES, st.sampled_from(["da", "en"]))
def test_all_is_in_order_only_where_every_count_says_so(figures: Figures, language: str) -> None:
    wrong = figures.records or figures.faults or figures.failing or figures.failing_routines or figures.is_doubted
    is_calm = figures.state == AgreementState.ACTIVE and not wrong
    with override(language):
        told = first_sentence(figures)
    assert (CALM[language] in told) == is_calm == (figures.verdict is Verdict.CALM)
    needing = figures.records + figures.faults
    assert (str(needing) in told) or not needing


@pytest.mark.parametrize(
    ("figures", "danish", "english"),
    [
        (
            ACTIVE,
            "Alt er i orden. 34 overførsler er gennemført i dag.",
            "Everything is in order. 34 records have been transferred today.",
        ),
        (
            replace(ACTIVE, moving=2),
            "Alt er i orden. 34 overførsler er gennemført i dag. 2 overførsler er på vej.",
            "Everything is in order. 34 records have been transferred today. 2 records are on their way.",
        ),
        (replace(ACTIVE, records=1), "1 overførsel kræver dig.", "1 record needs you."),
        (replace(ACTIVE, records=2, faults=1), "3 ting kræver dig.", "3 things need you."),
        (
            replace(ACTIVE, moving=1, failing=1, transferred=1),
            "Ikke alt kom igennem lige nu; Lagerbro prøver igen af sig selv. 1 overførsel er gennemført i dag.",
            "Not everything got through just now; Lagerbro tries again by itself. 1 record has been transferred today.",
        ),
        (
            replace(ACTIVE, is_doubted=True),
            "Rackbeat melder, at appen er afinstalleret. Lagerbro spørger, om det er rigtigt.",
            "Rackbeat reports that the app has been uninstalled. Lagerbro is asking whether it is so.",
        ),
        (
            replace(ACTIVE, state=AgreementState.GONE, records=2),
            "Forbindelsen er afbrudt, og intet overføres. 2 overførsler kræver dig.",
            "The connection is broken, and nothing is transferred. 2 records need you.",
        ),
    ],
)
def test_what_is_said(figures: Figures, danish: str, english: str) -> None:
    with override("da"):
        assert first_sentence(figures) == danish
    with override("en"):
        assert first_sentence(figures) == english
