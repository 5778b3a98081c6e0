"""What the page *Lagerværdi* says of the next run, of the parts of the difference, and first of all."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.flows.stock_value_report.accounts import OTHER_WAITS
from lagerbro.flows.stock_value_report.expected import BELOW_MINIMUM, CURRENCY_DIFFERS, OVERTAKEN, TOO_LARGE
from lagerbro.flows.stock_value_report.report import Part, PartKind, Voucher
from lagerbro.web import formats
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.words import UNNAMED, Message, Sentence, Words, message_of

NO_VOUCHER: Final[Mapping[str, Sentence]] = {
    "": Sentence(
        _("No voucher will be made."),
        _("Stock value, booked balance and our drafts agree to the øre."),
        _("You need not do anything."),
    ),
    BELOW_MINIMUM: Sentence(
        _("No voucher will be made."),
        _("The difference of %(difference)s is below the smallest amount of %(minimum)s that you have chosen."),
        _("You need not do anything; a larger difference is posted as a whole."),
    ),
    OPENING: Sentence(
        _("The first difference of %(difference)s waits for your answer."),
        _(
            "Rackbeat's stock value is %(stock)s, and %(balance)s is booked on account %(account)s. Posted as it is, "
            "the whole amount goes to the contra account and changes the profit."
        ),
        _(
            "Transfer it if that is right. If your opening stock belongs on the account, book it by hand in e-conomic "
            "first. Ask your accountant if you are in doubt."
        ),
    ),
    OTHER_WAITS: Sentence(
        _("No voucher will be made."),
        _("Another stock account waits for somebody, and the accounts are posted together."),
        _("See to that account first."),
    ),
    OVERTAKEN: Sentence(
        _("No voucher will be made for that day."),
        _("A later day of the same month has been transferred, and holds it."),
        _("You need not do anything."),
    ),
    TOO_LARGE: Sentence(
        _("No voucher can be made."),
        _("The difference of %(amount)s is larger than any account takes."),
        _("Look for a wrong cost price in Rackbeat's stock value report."),
    ),
    CURRENCY_DIFFERS: Sentence(
        _("No voucher can be made."),
        _("Rackbeat values the stock in %(theirs)s, and the books are kept in %(ours)s."),
        _("The two must have the same base currency. Ask Rackbeat to change it, or switch the stock value off."),
    ),
    "stock_draft_unclear": Sentence(
        _("No voucher can be made."),
        _("Somebody has given our voucher %(voucher)s in journal %(journal)s a VAT code or another currency."),
        _("Book or delete that voucher in e-conomic."),
    ),
}
"""Why the next run will make no voucher, by the code that the look found."""

ENDS: Final = (TOO_LARGE, CURRENCY_DIFFERS, "stock_draft_unclear", OPENING)
"""Of these somebody has to see to something."""

NOT_READ: Final = Sentence(
    _("The figures could not be fetched."),
    _("One of the systems does not answer."),
    _("What you see is from the latest look. Try again in a moment."),
)

NOT_WORKED_OUT: Final = Sentence(
    _("It could not be worked out."),
    _("One of the systems does not answer, or not soon enough for so many days."),
    _("Nothing has been posted. Try again in a moment, or ask for fewer days."),
)
PENDING: Final = Sentence(
    _("It could not be worked out just now."),
    _("A run is posting at this moment."),
    _("Nothing has been posted by this. Try again in a moment."),
)
_CANNOT: Final = _("This cannot be posted.")


def why_not(code: str, details: Mapping[str, str]) -> Message:
    """Why a back-fill cannot be done, by its refusal; the remedy is to choose anew rather than to try again."""
    known = SENTENCES.get(code, UNNAMED)
    return message_of(Sentence(_CANNOT, known.why, _CHOOSE.get(code, known.do)), code, "", details)


_CHOOSE: Final[Mapping[str, Words]] = {
    "stock_backfill_closed": _("Open the periods in e-conomic, or choose days in open periods."),
    "stock_backfill_not_past": _("Choose days that are past. The stock value of today comes by itself tonight."),
    "stock_backfill_too_long": _("Choose fewer days, or one voucher for the whole range."),
    "stock_year_missing": _("Create the accounting year in e-conomic, or choose other days."),
}


def why_none(voucher: Voucher) -> Message:
    """Why the next run makes no voucher."""
    return message_of(NO_VOUCHER.get(voucher.code), voucher.code, "", voucher.details)


def part_words(part: Part, *, first: bool) -> str:
    """What a part of the difference is. `first`: no run has seen the account before."""
    day = formats.day(part.day) if part.day else ""
    if part.kind is PartKind.DRAFT:
        sentence = gettext("Our draft in e-conomic: voucher %(voucher)s, journal %(journal)s, dated %(day)s")
        return sentence % {"voucher": part.voucher, "journal": part.journal, "day": day}
    if part.kind is PartKind.OTHERS:
        return _of_others(part, day, first=first)
    if part.kind is PartKind.MOVED and not day:
        return _not_yet()
    return str(_OF_A_DAY[part.kind]) % {"day": day}


_OF_A_DAY: Final[Mapping[PartKind, Words]] = {
    PartKind.CHANGED: _("Our adjustment of %(day)s has been changed, moved or deleted in e-conomic"),
    PartKind.MADE: _("Our adjustment of %(day)s, made since the latest run"),
    PartKind.DATED_BACK: _("Dated back in Rackbeat: the stock value of %(day)s has changed since the run"),
    PartKind.REGROUPED: _("Moved between the stock accounts: the split has been changed since %(day)s"),
    PartKind.MOVED: _("The stock has moved in Rackbeat since %(day)s"),
    PartKind.LEFT: _("Not posted by the run of %(day)s"),
}


def _not_yet() -> str:
    return gettext("The stock in Rackbeat, which has not been transferred yet")


def _of_others(part: Part, day: str, *, first: bool) -> str:
    if part.count > 1:
        sentence = ngettext("%(n)s earlier entry of others", "%(n)s earlier entries of others", part.count)
        return sentence % {"n": part.count}
    sentence = (
        gettext("Booked before the first run: voucher %(voucher)s, %(day)s")
        if first
        else gettext("Booked by others: voucher %(voucher)s, %(day)s")
    )
    return sentence % {"voucher": part.voucher, "day": day}


def posts_several(count: int, amount: Decimal, when: str, *, is_booked: bool) -> str:
    """The same when several accounts get one."""
    sentence = (
        gettext("%(n)s vouchers of %(amount)s in all will be posted and booked %(when)s if nothing changes until then.")
        if is_booked
        else gettext(
            "%(n)s vouchers of %(amount)s in all will be posted as drafts %(when)s if nothing changes until then."
        )
    )
    return sentence % {"n": count, "amount": formats.amount(amount), "when": when}


def posts(amount: Decimal, when: str, *, is_booked: bool) -> str:
    """The first sentence when a voucher will be made."""
    sentence = (
        gettext("A voucher of %(amount)s will be posted and booked %(when)s if nothing changes until then.")
        if is_booked
        else gettext("A voucher of %(amount)s will be posted as a draft %(when)s if nothing changes until then.")
    )
    return sentence % {"amount": formats.amount(amount), "when": when}
