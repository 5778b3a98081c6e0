"""Messages: `python -m tools.messages extract | compile | check`.

Babel does the work; Django turns its templates into what Babel can read. No gettext programs are needed.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

Words = Any
"""Babel's own loose shapes."""

WEB: Final = Path(__file__).parent.parent / "src" / "lagerbro" / "web"
PEOPLE: Final = WEB.parent / "people"
CREATED: Final = datetime(2026, 11, 24, tzinfo=UTC)
"""Said of the catalogue for good: a date that moved would make every two edits of it conflict."""
PO: Final = WEB / "locale" / "da" / "LC_MESSAGES" / "django.po"
KEYWORDS: Final[Mapping[str, Any]] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def templates(file: IO[bytes], keywords: Words, comment_tags: list[str], options: Words) -> Iterator[Words]:
    """What a Django template says, as Babel reads Python."""
    lines = templatize(file.read().decode("utf-8")).splitlines()
    source = "\n".join(line.lstrip() for line in lines)  # Python's reader minds the indentation of HTML
    yield from extract_python(io.BytesIO(source.encode()), keywords, comment_tags, {**options, "encoding": "utf-8"})


def extracted() -> Catalog:
    """Every message of the pages."""
    catalog = Catalog(project="Lagerbro", charset="utf-8")
    methods = [
        ("**/templates/**.html", "tools.messages:templates"),
        ("**/templates/**.txt", "tools.messages:templates"),
        ("**.py", "python"),
    ]
    for folder in (WEB, PEOPLE):
        for path, line, message, comments, context in extract_from_dir(str(folder), methods, keywords=KEYWORDS):
            del line  # line numbers would make every catalogue differ after every edit
            catalog.add(message, None, [(path, 0)], auto_comments=comments, context=context)
    return catalog


def danish() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def extract() -> None:
    """Take new messages into the Danish catalogue and the unused out; nothing is guessed."""
    catalog = danish() if PO.exists() else Catalog(locale="da", charset="utf-8")
    catalog.update(extracted(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = CREATED
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, omit_header=False, width=110)


def compiled() -> bytes:
    file = io.BytesIO()
    write_mo(file, danish())
    return file.getvalue()


def problems() -> list[str]:
    """What is wrong with the Danish catalogue: missing, unused, fuzzy, or not compiled."""
    present = {(m.context, m.id): m for m in danish() if m.id}
    wanted = {(m.context, m.id) for m in extracted() if m.id}
    found = [f"not extracted: {key[1]}" for key in sorted(wanted - present.keys(), key=str)]
    found += [f"unused: {key[1]}" for key in sorted(present.keys() - wanted, key=str)]
    for message in present.values():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            found.append(f"not translated: {message.id}")
        if message.fuzzy:
            found.append(f"fuzzy: {message.id}")
    mo = PO.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled():
        found.append("the catalogue has not been compiled: python -m tools.messages compile")
    return found


def main(command: str) -> int:
    if command == "extract":
        extract()
    elif command == "compile":
        PO.with_suffix(".mo").write_bytes(compiled())
    elif command == "check":
        found = problems()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
