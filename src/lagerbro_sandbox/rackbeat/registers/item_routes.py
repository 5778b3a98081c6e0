"""Paths of items beside their registers: the union, units, prices, translations, pictures (rackbeat-api 3.2, 3.3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from urllib.parse import unquote

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import custom_fields, lots
from lagerbro_sandbox.rackbeat.registers.field_readers import flag, number, reference, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, filled
from lagerbro_sandbox.rackbeat.registers.lots import COLLECTIONS, LOTS
from lagerbro_sandbox.rackbeat.registers.products import NOT_NEGATIVE, PRODUCTS, bulk_delete
from lagerbro_sandbox.rackbeat.registers.register import Register, brief
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire import pdf
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import page, whole
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Handler, Router

_UNIT: Final = (
    Field("unit_id", reference("units"), ("unit",), required=True),
    Field("quantity", number(Decimal("0.000001")), required=True),
)
_PRICE: Final = (Field("sales_price", NOT_NEGATIVE, required=True),)
_TRANSLATION: Final = (Field("name", text()), Field("description", text(20_000)))
_BARRED: Final = (Field("is_barred", flag, default=True),)


def add_to(router: Router) -> None:
    for register in (PRODUCTS, LOTS, COLLECTIONS):
        register.add_to(router)
    for register in (PRODUCTS, LOTS):
        custom_fields.add_to(router, register.kind, register.get)
        router.add("POST", f"{register.kind}/bulk/delete", _bulk_deleted(register))
        router.add("GET", f"{register.kind}/{{}}.pdf", _pdf(register))
    for path in ("items", "lineables"):  # `lineables` is the older name (C)
        router.add("GET", path, _items)
        router.add("GET", f"{path}/{{}}", _item)
        router.add("GET", f"{path}/{{}}/fields", _item_fields)
    router.add("POST", "products/{}/convert", _converted)
    router.add("POST", "products/{}/image", _pictured)
    router.add("DELETE", "products/{}/image", _unpictured)
    router.add("GET", "products/{}/units", _units)
    router.add("POST", "products/{}/units", _unit_added)
    router.add("DELETE", "products/{}/units/{}", _unit_dropped)
    router.add("GET", "products/{}/prices", _prices)
    router.add("GET", "products/{}/prices/{}", _price)
    router.add("PUT", "products/{}/prices/{}", _priced)
    router.add("DELETE", "products/{}/prices/{}", _unpriced)
    router.add("GET", "products/{}/translations", _translations)
    router.add("GET", "products/{}/translations/{}", _translation)
    router.add("PUT", "products/{}/translations/{}", _translated)
    router.add("DELETE", "products/{}/translations/{}", _untranslated)
    router.add("GET", "lots/{}/lines", _lines)
    router.add("POST", "lots/{}/copy", _copied)
    router.add("POST", "lots/bulk/barred", _barred)


def item(session: Session, key: str) -> tuple[Register, Record]:
    """A product or a bill of materials; 404 for neither."""
    for candidate in dict.fromkeys((key, unquote(key))):
        for register in (PRODUCTS, LOTS):
            record = session.get(register.kind, candidate)
            if record is not None:
                return register, record
    raise not_found()


def _items(session: Session, call: Call) -> Response:
    def shown(record: Record) -> Record:
        return (PRODUCTS if session.get("products", record["number"]) else LOTS).whole(session, record)

    if call.given.get("type") in ("product", "lot"):
        kind = "products" if call.given["type"] == "product" else "lots"
        given = {name: value for name, value in call.given.items() if name != "type"}
        return page(session, given, Listing(kind, "items"), shown)
    return page(session, call.given, Listing("products", "items", also=("lots",)), shown)


def _item(session: Session, call: Call) -> Response:
    register, record = item(session, call.key)
    return one("item", register.whole(session, record))


def _item_fields(session: Session, call: Call) -> Response:
    register, record = item(session, call.key)
    return whole("field_values", custom_fields.values(session, record, register.kind))


def _bulk_deleted(register: Register) -> Handler:
    def deleted(session: Session, call: Call) -> Response:
        bulk_delete(session, register, call.body.get("ids"))
        return done()

    return deleted


def _pdf(register: Register) -> Handler:
    """The item on paper; a number that ends on `.pdf` is still a number."""

    def pdf_answer(session: Session, call: Call) -> Response:
        record = session.get(register.kind, f"{call.key}.pdf")
        if record is not None:
            return one(register.one, register.whole(session, record))
        record = register.get(session, call.key)
        group = brief(session, "product-groups", record["group_id"]) or {}
        lines = [
            str(session.company["company_name"]),
            "",
            f"{record['number']} {record['name']}",
            str(group.get("name")),
        ]
        return pdf.answer(pdf.page([*lines, f"Salgspris {record.get('sales_price')}"]), f"{register.one}.pdf")

    return pdf_answer


def _converted(session: Session, call: Call) -> Response:
    return one("lot", LOTS.whole(session, lots.converted(session, call.key)))


def _copied(session: Session, call: Call) -> Response:
    copy = lots.copied(session, LOTS.get(session, call.key), call.body.get("number"))
    return one("lot", LOTS.whole(session, copy), 201)


def _barred(session: Session, call: Call) -> Response:
    ids = call.body.get("ids")
    if not isinstance(ids, list) or not ids:
        raise invalid(ids="The ids field is required.")
    barred = filled(session, _BARRED, call.body)
    for key in ids:
        LOTS.update(session, str(key), barred)
    return done()


def _lines(session: Session, call: Call) -> Response:
    return whole("lot_lines", lots.lines(session, LOTS.get(session, call.key)))


def _store(session: Session, record: Record, name: str, value: object) -> Record:
    changed = {**record, name: value, "updated_at": session.timestamp()}
    session.put("products", record["number"], changed)
    PRODUCTS.announce_change(session, "updated", changed, [name], record)
    return changed


def _pictured(session: Session, call: Call) -> Response:
    url = call.body.get("image_url", call.body.get("url"))
    if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > 2000:
        raise invalid(image_url="The image url format is invalid.")
    record = _store(session, PRODUCTS.get(session, call.key), "image_url", url)
    return one("product", PRODUCTS.whole(session, record))


def _unpictured(session: Session, call: Call) -> Response:
    _store(session, PRODUCTS.get(session, call.key), "image_url", None)
    return done()


def _units(session: Session, call: Call) -> Response:
    return whole("item_units", _item_units(session, PRODUCTS.get(session, call.key)))


def _item_units(session: Session, record: Record) -> list[Record]:
    rows = []
    for entry in record.get("item_units") or []:
        unit = brief(session, "units", entry["unit_id"])
        rows.append({"unit": unit, "name": unit and unit["name"], "quantity": entry["quantity"]})
    return rows


def _unit_added(session: Session, call: Call) -> Response:
    record = PRODUCTS.get(session, call.key)
    added = filled(session, _UNIT, call.body)
    others = [entry for entry in record.get("item_units") or [] if entry["unit_id"] != added["unit_id"]]
    changed = _store(session, record, "item_units", [*others, added])
    return Response(201, {"Content-Type": "application/json"}, whole("item_units", _item_units(session, changed)).body)


def _unit_dropped(session: Session, call: Call) -> Response:
    record = PRODUCTS.get(session, call.key)
    remaining = [entry for entry in record.get("item_units") or [] if str(entry["unit_id"]) != call.values[1]]
    if len(remaining) == len(record.get("item_units") or []):
        raise not_found()
    _store(session, record, "item_units", remaining)
    return done()


def _prices(session: Session, call: Call) -> Response:
    prices = PRODUCTS.get(session, call.key).get("currency_prices") or {}
    return whole("currency_prices", (_currency_price(code, price) for code, price in sorted(prices.items())))


def _price(session: Session, call: Call) -> Response:
    prices = PRODUCTS.get(session, call.key).get("currency_prices") or {}
    code = call.values[1].upper()
    if code not in prices:
        raise not_found()
    return one("currency_price", _currency_price(code, prices[code]))


def _priced(session: Session, call: Call) -> Response:
    record, code = PRODUCTS.get(session, call.key), call.values[1].upper()
    if session.get("currencies", code) is None:
        raise not_found()
    price = filled(session, _PRICE, call.body)["sales_price"]
    _store(session, record, "currency_prices", {**(record.get("currency_prices") or {}), code: price})
    return one("currency_price", _currency_price(code, price))


def _unpriced(session: Session, call: Call) -> Response:
    return _dropped(session, call, "currency_prices", call.values[1].upper())


def _currency_price(code: str, price: Decimal) -> Record:
    return {"currency": code, "sales_price": price}


def _translations(session: Session, call: Call) -> Response:
    translations = PRODUCTS.get(session, call.key).get("translations") or {}
    return whole("translations", ({"locale": locale, **texts} for locale, texts in sorted(translations.items())))


def _translation(session: Session, call: Call) -> Response:
    translations = PRODUCTS.get(session, call.key).get("translations") or {}
    if call.values[1] not in translations:
        raise not_found()
    return one("translation", {"locale": call.values[1], **translations[call.values[1]]})


def _translated(session: Session, call: Call) -> Response:
    record, locale = PRODUCTS.get(session, call.key), call.values[1][:20]
    every = record.get("translations") or {}
    texts = filled(session, _TRANSLATION, call.body, every.get(locale, {}))
    _store(session, record, "translations", {**every, locale: texts})
    return one("translation", {"locale": locale, **texts})


def _untranslated(session: Session, call: Call) -> Response:
    return _dropped(session, call, "translations", call.values[1])


def _dropped(session: Session, call: Call, name: str, key: str) -> Response:
    record = PRODUCTS.get(session, call.key)
    every = dict(record.get(name) or {})
    if key not in every:
        raise not_found()
    del every[key]
    _store(session, record, name, every)
    return done()
