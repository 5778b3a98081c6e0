"""What every look for new records of one section is given; the looks themselves differ."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.flows.sections import Section
from lagerbro.sync.flow import Flow
from lagerbro.sync.schedules.timing import Timing


@dataclass(frozen=True, slots=True)
class SectionPoll:
    """`flow` makes what is found, while `section` is switched on."""

    name: str
    flow: Flow
    section: Section
    timing: Timing
