"""What stock values and back-fills stand still for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import DATE, Cause

STOCK_VALUE_CAUSES: Final[Mapping[str, Cause]] = {
    "stock_account_barred": Cause(
        _("%(records)s wait for account %(account)s, which is barred in e-conomic."), ("account",), "stock_account"
    ),
    "stock_account_blocked": Cause(
        _("%(records)s wait for account %(account)s, which takes no direct entries."), ("account",), "stock_account"
    ),
    "stock_account_has_vat": Cause(
        _("%(records)s wait for account %(account)s, which has a VAT code."), ("account",), "stock_account"
    ),
    "stock_account_missing": Cause(
        _("%(records)s wait for account %(account)s, which e-conomic does not have."), ("account",), "stock_account"
    ),
    "stock_account_unusable": Cause(
        _("%(records)s wait for account %(account)s, which is a heading or a sum."), ("account",), "stock_account"
    ),
    "stock_backfill_closed": Cause(_("%(records)s wait for closed or barred periods: %(periods)s."), ("periods",)),
    "stock_backfill_not_past": Cause(_("%(records)s are of days that are not past.")),
    "stock_backfill_too_long": Cause(_("%(records)s are of more days than are taken at a time.")),
    "stock_contra_differs": Cause(
        _("%(records)s wait for stock account %(account)s, which has two contra accounts."),
        ("account",),
        "stock_split_accounts",
    ),
    "stock_contra_is_stock": Cause(
        _("%(records)s wait for account %(account)s, which is both stock account and contra account."),
        ("account",),
        "stock_split_accounts",
    ),
    "stock_split_too_wide": Cause(
        _("%(records)s wait for a split that is smaller than %(count)s locations."), ("count",), "stock_split"
    ),
    "stock_currency_differs": Cause(_("%(records)s are valued in another currency than the books.")),
    "stock_day_unusable": Cause(_("%(records)s are of days that have none.")),
    "stock_draft_unclear": Cause(_("%(records)s wait for a voucher that somebody has given a VAT code or a currency.")),
    "stock_journal_missing": Cause(
        _("%(records)s wait for journal %(journal)s, which e-conomic does not have."), ("journal",), "stock_journal"
    ),
    "stock_journal_restricted": Cause(
        _("%(records)s wait for journal %(journal)s, which cannot hold finance vouchers."),
        ("journal",),
        "stock_journal",
    ),
    "stock_not_booked": Cause(_("%(records)s stand as drafts that e-conomic would not book.")),
    "stock_numbers_used_up": Cause(_("%(records)s wait for voucher numbers in journal %(journal)s."), ("journal",)),
    "stock_opening_difference": Cause(
        _("%(records)s wait for a decision about the first difference."), field="stock_post_opening"
    ),
    "stock_period_closed": Cause(
        _("%(records)s wait for the period of %(date)s, which is closed or barred."), (DATE,), date_length=7
    ),
    "stock_settings_missing": Cause(
        _("%(records)s wait for journal and accounts to be chosen."), field="stock_journal"
    ),
    "stock_value_too_large": Cause(_("%(records)s are larger than any account takes.")),
    "stock_year_closed": Cause(
        _("%(records)s wait for the accounting year of %(date)s, which is closed."), (DATE,), date_length=4
    ),
    "stock_year_missing": Cause(
        _("%(records)s wait for the accounting year of %(date)s, which is missing."), (DATE,), date_length=4
    ),
}
