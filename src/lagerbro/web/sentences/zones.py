"""Sentences about VAT zones that contradict the country or the VAT number (domain-rules H38)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_HELD = _("%(record)s is not transferred.")
_TOLD = _("%(record)s is transferred, but look at the customer's VAT zone.")
_DO = _(
    "If it is wrong: correct customer %(customer)s in Rackbeat, reverse it there and make it anew. "
    "If it is right: press “It is right”."
)
_NUMBER = _(
    "Type the VAT number on customer %(customer)s in Rackbeat, and press “Try again”. "
    "If it is right without: press “It is right”."
)

SENTENCES: Final[Mapping[str, Sentence]] = {
    "zone_eu_in_denmark": Sentence(
        _HELD, _("Its VAT zone is EU, without VAT, but the goods go to Denmark (%(country)s)."), _DO
    ),
    "zone_eu_danish_number": Sentence(
        _HELD, _("Its VAT zone is EU, without VAT, but the customer's VAT number is Danish (%(number)s)."), _DO
    ),
    "zone_eu_outside": Sentence(
        _HELD, _("Its VAT zone is EU, but the goods go to a place outside the EU's VAT area (%(country)s)."), _DO
    ),
    "zone_eu_without_number": Sentence(
        _HELD,
        _("Its VAT zone is EU, without VAT, but the customer has no VAT number of an EU country (%(number)s)."),
        _NUMBER,
    ),
    "zone_eu_number_unlikely": Sentence(
        _TOLD,
        _("The VAT zone is EU, but “%(number)s” does not look like a VAT number of that country."),
        _(
            "Look the number up and correct it on customer %(customer)s in Rackbeat. "
            "If it is right, press “It is right”, and you are not told again."
        ),
    ),
    "zone_abroad_in_denmark": Sentence(
        _HELD, _("Its VAT zone is Udland, without VAT, but the goods go to Denmark (%(country)s)."), _DO
    ),
    "zone_abroad_in_eu": Sentence(
        _HELD, _("Its VAT zone is Udland, but the goods go to a place in the EU (%(country)s)."), _DO
    ),
    "zone_domestic_outside": Sentence(
        _HELD, _("Its VAT zone is Indland, with Danish VAT, but the goods leave Denmark (%(country)s)."), _DO
    ),
    "zone_oss_without_vat": Sentence(
        _HELD,
        _("The customer has no valid VAT number, so the VAT of %(country)s is owed, and Rackbeat has charged none."),
        _(
            "A business: type its VAT number on customer %(customer)s in Rackbeat, and press “Try again”. A private "
            "person: credit it in Rackbeat and make it anew with that VAT. If none is to be paid: press “It is right”."
        ),
    ),
    "zone_oss_country_unknown": Sentence(
        _HELD,
        _("The customer has no valid VAT number, and no country says which VAT is owed."),
        _(
            "Fill in the country on customer %(customer)s in Rackbeat, and press “Try again”. "
            "If the sale is without VAT: press “It is right”."
        ),
    ),
    "zone_domestic_buyer_outside": Sentence(
        _TOLD,
        _("The VAT zone is Indland, and the goods stay in Denmark, but the customer's address does not (%(buyer)s)."),
        _(
            "Danish VAT is right where the goods are handed over in Denmark. "
            "Press “It is right”, and you are not told again."
        ),
    ),
}
