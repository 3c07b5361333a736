"""The help sheet for paying at a bank window (hoja de ayuda), one letter page (DOMAIN section 4)."""

from ventanilla.papers.case import Case, Say
from ventanilla.papers.formats import hour, long_day, money
from ventanilla.papers.printable import Json
from ventanilla.papers.qr import qr_svg
from ventanilla.papers.typeset import typeset

REFERENCE = "024000140"
CHAINS = {1: "01030020000001", 3: "01030020000003", 6: "01030020000006", 10: "01030020000010"}
"""Cadena de la dependencia by years of validity. Full fare only: those of the half fare are not published."""

_PERIODS = ("none", "month", "two-months", "quarter", "four-months", "half-year", "year")


def payment_sheet(case: Case, say: Say) -> bytes:
    texts: dict[str, Json] = {
        "language": case.language,
        "demo": say("paper-demo", {}) if case.issuer.demo else "",
        "institution": case.issuer.institution,
        "title": say("paper-pay-title", {}),
        "subtitle": say("paper-pay-subtitle", {}),
        "folio": say("paper-folio", {"folio": case.folio}),
        "intro": say("paper-pay-intro", {}),
        "form": _form(case, say),
        "notes": _notes(case, say),
        "where": {"heading": say("paper-pay-where", {}), "items": _where(case, say)},
        "care": {"heading": say("paper-pay-care", {}), "items": _care(say)},
        "sheet": {"label": say("paper-tri-sheet", {}), "alt": say("paper-tri-qr-sheet", {})},
        "appointment": _appointment(case, say),
        "contact": say("paper-contact", {"phone": case.issuer.official_phone, "site": case.issuer.site}),
    }
    return typeset("payment", texts, {"sheet": qr_svg(case.sheet_url)})


def _form(case: Case, say: Say) -> dict[str, Json]:
    return {
        "rfc": _box("rfc", say("paper-pay-rfc-value", {}), say),
        "curp": _box("curp", case.holder.curp, say),
        "surname1": _box("surname1", case.holder.surname1, say),
        "surname2": _box("surname2", case.holder.surname2 or say("paper-pay-surname2-none", {}), say),
        "given": _box("given", case.holder.given, say),
        "company": _box("company", say("paper-pay-company-value", {}), say),
        "agency": _box("agency", say("paper-pay-agency-value", {}), say),
        "period": {"label": say("paper-pay-period", {}), "choices": _periods(say)},
        "month": _box("month", say("paper-pay-month-value", {}), say),
        "year": _box("fee-year", str(case.fee.year), say),
        **_codes(case, say),
        "concept": _box("concept", _concept(case, say), say),
        "amount": _box("amount", money(case.fee.amount_mxn), say),
    }


def _box(name: str, value: str, say: Say) -> dict[str, Json]:
    return {"label": say(f"paper-pay-{name}", {}), "value": value}


def _periods(say: Say) -> list[Json]:
    return [say(f"paper-pay-period-{period}", {}) for period in _PERIODS]


def _codes(case: Case, say: Say) -> dict[str, Json]:
    """Empty codes leave the boxes blank: a guessed code would pay for something else."""
    known = not case.fee.half
    return {
        "reference": _box("reference", REFERENCE if known else "", say),
        "chain": _box("chain", CHAINS[case.validity_years] if known else "", say),
        "by_operator": "" if known else say("paper-pay-codes-by-operator", {}),
    }


def _years(case: Case, say: Say) -> str:
    return say("paper-years", {"years": case.validity_years})


def _concept(case: Case, say: Say) -> str:
    half = "yes" if case.fee.half else "no"
    return say("paper-pay-concept-value", {"years": _years(case, say), "half": half})


def _notes(case: Case, say: Say) -> list[Json]:
    notes: list[Json] = []
    if case.fee.half:
        words = {"years": _years(case, say), "amount": money(case.fee.amount_mxn)}
        notes.append(say("paper-pay-half-note", words))
    if case.fee.provisional:
        years = {"year": str(case.fee.year), "next": str(case.starts_at.year)}
        notes.append(say("paper-pay-provisional", years))
    return notes


def _where(case: Case, say: Say) -> list[Json]:
    return [*(say(f"paper-pay-{way}", {}) for way in ("banks", "cash", "online")), *_local_fee(case, say)]


def _local_fee(case: Case, say: Say) -> list[Json]:
    fee = case.office.local_fee_mxn
    if case.office.kind != "oficina_enlace" or fee == 0:
        return []
    if fee is None:
        return [say("paper-pay-local-unknown", {})]
    return [say("paper-pay-local-fee", {"amount": money(fee)})]


def _care(say: Say) -> list[Json]:
    return [say(f"paper-pay-care-{care}", {}) for care in ("people", "one", "receipt", "rfc", "free")]


def _appointment(case: Case, say: Say) -> str:
    moment = {"day": long_day(case.starts_at.date(), case.language), "hour": hour(case.starts_at)}
    return say("paper-pay-appointment", moment | {"office": case.office.name})
