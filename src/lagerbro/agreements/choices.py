"""From stored settings to `Choices`, and from an edit to stored settings with a history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from django.db import transaction

from lagerbro.agreements.models import Agreement, Setting, SettingChange, SettingState
from lagerbro.books.choices import Choices
from lagerbro.wire.shapes import ready

_TYPES: Final[Mapping[str, Any]] = {
    field.name: field.type for field in msgspec.structs.fields(Choices) if field.name != "version"
}
_SHAPE: Final = ready(Choices)
_MAPS: Final = ("purchase_accounts", "layouts")


class UnknownSettingError(ValueError):
    """A key that no question of the settings page has, or a value that its question cannot have."""


class ChangedMeanwhileError(RuntimeError):
    """Somebody else has saved since the answers were begun."""


def choices_of(agreement: Agreement) -> Choices:
    """The decided settings of the agreement whose scope this is."""
    return as_choices(answers_of(), agreement.settings_version)


def answers_of() -> dict[str, Any]:
    """The decided answers of the agreement whose scope this is, as they are stored: flat, by key."""
    return dict(Setting.objects.filter(state=SettingState.DECIDED).values_list("key", "value"))


def answers_at(answers: Mapping[str, Any], version: int) -> dict[str, Any]:
    """What the answers were at an earlier version: the history undone backwards."""
    earlier = dict(answers)
    for change in changes_since(version):
        earlier[change.key] = change.before
    return {key: value for key, value in earlier.items() if value is not None}


def changes_since(version: int) -> list[SettingChange]:
    """What was saved after the version, the newest first."""
    return list(SettingChange.objects.filter(version__gt=version).order_by("-pk"))


def as_choices(answers: Mapping[str, Any], version: int) -> Choices:
    """Flat answers as the settings that flows are given."""
    fields: dict[str, Any] = {name: {} for name in _MAPS}
    for key, value in answers.items():
        name, _, row = key.partition(":")
        if row:
            fields[name][row] = value
        else:
            fields[name] = value
    return msgspec.convert({**fields, "version": version}, _SHAPE)


def decide(
    agreement: Agreement, answers: Mapping[str, Any], *, by: str, at: datetime, version: int | None = None
) -> int:
    """Store decided answers and their history in one go; answers how many changed.

    A key is a field of `Choices`, or `field:row` for the two maps. An answer of None takes the decision back. With
    `version`, the one that the answers were begun on, raises `ChangedMeanwhileError` if another has been saved since.
    Raises `UnknownSettingError` before anything is written.
    """
    for key, value in answers.items():
        _check(key, value)
    with transaction.atomic():
        Agreement.objects.select_for_update().get(pk=agreement.pk)
        agreement.refresh_from_db(fields=["settings_version"])
        if version is not None and version != agreement.settings_version:
            raise ChangedMeanwhileError(f"version {version} has become {agreement.settings_version}")
        before = {row.key: row.value for row in Setting.objects.filter(key__in=answers, state=SettingState.DECIDED)}
        changed = {key: value for key, value in answers.items() if before.get(key) != value}
        if not changed:
            return 0
        agreement.settings_version += 1
        agreement.save(update_fields=["settings_version"])
        for key, value in changed.items():
            _store(agreement, key, value, by, at)
        SettingChange.objects.bulk_create(
            SettingChange(
                agreement=agreement,
                version=agreement.settings_version,
                key=key,
                before=before.get(key),
                after=value,
                changed_by=by,
                changed_at=at,
            )
            for key, value in changed.items()
        )
        return len(changed)


def _store(agreement: Agreement, key: str, value: object, by: str, at: datetime) -> None:
    if value is None:
        Setting.objects.filter(key=key).delete()
        return
    Setting.objects.update_or_create(
        agreement=agreement,
        key=key,
        defaults={"value": value, "state": SettingState.DECIDED, "decided_by": by, "decided_at": at},
    )


def _check(key: str, value: object) -> None:
    name, _, row = key.partition(":")
    if name not in _TYPES or bool(row) != (name in _MAPS):
        raise UnknownSettingError(f"{key!r} is not a setting")
    if value is None:
        return
    try:
        msgspec.convert({row: value} if row else value, _TYPES[name])
    except msgspec.ValidationError as error:
        raise UnknownSettingError(f"{value!r} is not an answer to {key!r}: {error}") from error
