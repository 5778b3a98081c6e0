"""Every setting is read by a flow, or belongs to a section that is said not to be carried out yet."""

from __future__ import annotations

import re
from pathlib import Path

from lagerbro.agreements.questions import BY_KEY
from lagerbro.books.choices import Choices
from lagerbro.flows.abilities import SECTIONS, carried_out, unsupported_settings
from lagerbro.flows.registry import FLOWS, ROUTINES
from lagerbro.web.sentences.abilities import NOT_YET

SOURCE = Path(__file__).parent.parent.parent / "src" / "lagerbro"
CARRIES_OUT = ("flows", "books", "sync", "connections")
ONCE = frozenset({"startup_sync"})
"""Has words of its own: `ActivationContext.can_start_up`."""


def read_by_flows() -> set[str]:
    text = "".join(
        path.read_text("utf-8")
        for folder in CARRIES_OUT
        for path in (SOURCE / folder).rglob("*.py")
        if path.name != "abilities.py"
    )
    return {key for key in BY_KEY if re.search(rf"choices\.{key}\b", text)}


def test_no_setting_acts_on_nothing() -> None:
    of_sections = {
        key for key, question in BY_KEY.items() if {key, *question.needs} & (unsupported_settings() & SECTIONS.keys())
    }
    assert BY_KEY.keys() - read_by_flows() - of_sections - ONCE == set()


def test_every_one_has_words_and_a_question() -> None:
    assert NOT_YET.keys() == SECTIONS.keys()
    assert NOT_YET.keys() <= BY_KEY.keys()


def test_a_section_waits_for_the_flow_or_routine_of_its_name() -> None:
    names = {*FLOWS, *ROUTINES}
    assert unsupported_settings() == {switch for switch, name in SECTIONS.items() if name not in names}


def test_sections_that_are_not_carried_out_count_as_off() -> None:
    choices = Choices(suppliers_enabled=True, stock_value_enabled=True, sales_enabled=True)
    assert carried_out(choices, frozenset()) == choices
    effective = carried_out(choices, {"stock_value_enabled"})
    assert (effective.suppliers_enabled, effective.stock_value_enabled, effective.sales_enabled) == (True, False, True)
