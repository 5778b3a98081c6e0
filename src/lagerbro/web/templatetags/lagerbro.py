"""What templates need to show figures and states."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lagerbro.agreements.models import Agreement
from lagerbro.web import formats, visiting
from lagerbro.web.states import STATES, Look, connection_look
from lagerbro.web.visiting import Visit
from lagerbro.wire import texts

register = template.Library()


@register.filter
def amount(value: Decimal | None) -> str:
    """An amount, or nothing where there is none."""
    return "" if value is None else formats.amount(value)


@register.simple_tag
def ago(at: datetime) -> SafeString:
    """A time element: relative when recent, exact on hover and for machines."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        formats.moment(at),
        formats.since(at, timezone.now()),
    )


@register.filter
def moment(at: datetime) -> str:
    return formats.moment(at)


@register.filter
def day(value: date) -> str:
    return formats.day(value)


@register.filter
def minute(at: datetime) -> str:
    return formats.minute(at)


@register.simple_tag
def badge(state: str) -> SafeString:
    """A state as icon, word and colour."""
    return _seen(STATES[state])


@register.simple_tag
def looking(look: Look) -> SafeString:
    """The same of a state that has been looked up."""
    return _seen(look)


@register.filter
def isolated(text: object) -> str:
    """A text that is not ours, inside a sentence or beside other words: `{{ company|isolated }}`."""
    return texts.isolated(str(text))


@register.filter
def who(by: str) -> str:
    """A name from the history."""
    return visiting.who(by)


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, **parts: object) -> str:
    """The address of one of the agreement's pages, for this visitor: `{% page "transfer" transfer_id=7 %}`."""
    visit: Visit = context["visit"]
    return visit.address(name, **parts)


@register.simple_tag(takes_context=True)
def page_signed_in(context: Context, name: str, **parts: object) -> str:
    """The same for a signed-in person, for links that leave Rackbeat's frame."""
    visit: Visit = context["visit"]
    return visit.address_signed_in(name, **parts)


@register.simple_tag
def connection(agreement: Agreement, system: str) -> SafeString:
    """Whether a system is connected, as icon, word and colour."""
    return _seen(connection_look(agreement, system))


def _seen(look: Look) -> SafeString:
    """Each row of a list has one: a template of its own took a seventh of a page of 50."""
    return format_html(
        '<span class="badge {}"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>{}</span>',
        look.tone,
        look.icon,
        look.word,
    )
