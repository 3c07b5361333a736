"""What a triptych says in this very case: sections of checks, points and plain text."""

from ventanilla.core.procedures import Group, Procedure
from ventanilla.papers.case import Case, Say
from ventanilla.papers.formats import money
from ventanilla.papers.printable import Json

Section = dict[str, Json]
"""`heading` and any of `text`, `checks`, `points` (lists), `amount`, `note`, `label`, `picture`, `alt`,
`lined` (room to write by hand)."""

_OWN_PAPERS: dict[tuple[Procedure, Group], tuple[str, ...]] = {
    ("renewal", "adult"): ("paper-bring-old",),
    ("renewal", "minor"): ("paper-bring-child-old",),
    ("lost", "adult"): ("paper-bring-lost",),
    ("lost", "minor"): ("paper-bring-child-lost",),
}
_OWN_ADVICE: dict[tuple[Procedure, Group], tuple[str, ...]] = {
    ("first", "adult"): ("paper-case-late",),
    ("first", "minor"): ("paper-case-late",),
    ("renewal", "adult"): ("paper-case-earlier",),
}


def bring(case: Case, say: Say) -> list[Section]:
    return [
        {
            "heading": say("paper-bring-title", {}),
            "text": [say("paper-bring-intro", {})],
            "checks": _minor_needs(case, say) if case.group == "minor" else _adult_needs(case, say),
        },
        {"heading": say("paper-case-title", {}), "text": _just_in_case(case, say)},
        {"heading": say("paper-gone-title", {}), "text": [say("paper-gone-text", {})]},
    ]


def _adult_needs(case: Case, say: Say) -> list[Json]:
    return [
        say("paper-bring-person", {}),
        *_own_papers(case, say),
        _identification(case, "paper-bring-id", say),
        *_paid(case, say),
    ]


def _minor_needs(case: Case, say: Say) -> list[Json]:
    return [
        _identification(case, "paper-bring-child", say),
        *_own_papers(case, say),
        say("paper-bring-adults-id", {}),
        say("paper-bring-forms", {}),
        *_paid(case, say),
    ]


def _own_papers(case: Case, say: Say) -> list[Json]:
    return [say(key, {}) for key in _OWN_PAPERS.get((case.procedure, case.group), ())]


def _identification(case: Case, key: str, say: Say) -> str:
    chosen = case.holder.identification
    return say(f"{key}-named", {"identification": chosen}) if chosen else say(key, {})


def _paid(case: Case, say: Say) -> list[Json]:
    receipt = say("paper-bring-receipt", {"amount": money(case.fee.amount_mxn)})
    return [receipt, say("paper-bring-half", {})] if case.fee.half else [receipt]


def _just_in_case(case: Case, say: Say) -> list[Json]:
    more = _OWN_ADVICE.get((case.procedure, case.group), ())
    return [say(key, {}) for key in ("paper-case-birth", *more)]


def pay(case: Case, say: Say) -> list[Section]:
    steps = ("half", "bank", "one", "keep", "lasts") if case.fee.half else ("bank", "one", "keep", "lasts")
    label = "paper-cost-label-half" if case.fee.half else "paper-cost-label"
    cost: Section = {
        "heading": say("paper-cost-title", {}),
        "amount": money(case.fee.amount_mxn),
        "label": say(label, {"years": say("paper-years", {"years": case.validity_years})}),
        "note": _provisional(case, say),
        "points": [say(f"paper-cost-{step}", {}) for step in ("sheet", *steps)],
    }
    return [cost, *_local_fee(case, say), _picture("sheet", say)]


def _provisional(case: Case, say: Say) -> str:
    if not case.fee.provisional:
        return ""
    return say("paper-cost-provisional", {"year": str(case.fee.year), "next": str(case.starts_at.year)})


def _local_fee(case: Case, say: Say) -> list[Section]:
    if case.office.kind != "oficina_enlace":
        return []
    fee = case.office.local_fee_mxn
    if fee is None:
        text = say("paper-local-unknown", {})
    elif fee == 0:
        text = say("paper-local-none", {})
    else:
        text = say("paper-local-known", {"amount": money(fee)})
    return [{"heading": say("paper-local-title", {}), "text": [text]}]


def _picture(name: str, say: Say) -> Section:
    return {"picture": name, "label": say(f"paper-tri-{name}", {}), "alt": say(f"paper-tri-qr-{name}", {})}


def day(case: Case, say: Say) -> list[Section]:
    personal = "personal-child" if case.group == "minor" else "personal"
    steps = ("early", "show", "photos", "face", "check", personal)
    return [
        _points("paper-day-title", [f"paper-day-{step}" for step in steps], say),
        _texts("paper-delivery-title", [f"paper-delivery-{case.office.kind}"], say),
        {"heading": say("paper-tri-notes", {}), "lined": True},
    ]


def flap(case: Case, say: Say) -> list[Section]:
    frauds = [f"paper-fraud-{point}" for point in ("free", "pay", "data")]
    return [
        *(_lost(case, say) if case.procedure == "lost" else []),
        *(_minors(case, say) if case.group == "minor" else []),
        _points("paper-fraud-title", frauds, say),
        *(_rules(say) if case.group == "adult" else []),
    ]


def _rules(say: Say) -> list[Section]:
    """A minor's flap is full without them: there they stand on the back."""
    return [
        _texts("paper-change-title", ["paper-change-text"], say),
        _texts("paper-tri-rules", ["paper-tri-rules-text"], say),
    ]


def _lost(case: Case, say: Say) -> list[Section]:
    title = "paper-lost-title-child" if case.group == "minor" else "paper-lost-title"
    return [_points(title, [f"paper-lost-{point}" for point in ("stolen", "lost", "damaged", "ask")], say)]


def _minors(case: Case, say: Say) -> list[Section]:
    attending = ["paper-attend-child", *(f"paper-attend-{adult}" for adult in case.adults)]
    school = ["paper-school-over", *(["paper-school-under"] if case.holder.age < 7 else [])]
    return [
        _points("paper-attend-title", attending, say),
        {"heading": say("paper-op7-title", {}), "points": [say("paper-op7-sign", {}), *_absent(case, say)]},
        _texts("paper-school-title", school, say),
    ]


def _absent(case: Case, say: Say) -> list[Json]:
    if "guardian" in case.adults:
        return [say("paper-op7-absent", {})]
    alone = len(case.adults) == 1
    other = say("paper-op7-alone", {"who": case.adults[0]}) if alone else say("paper-op7-absent", {})
    return [other, say("paper-op7-died", {})]


def back(case: Case, say: Say) -> list[Section]:
    issuer = case.issuer
    laws = [f"paper-tri-legal-{law}" for law in ("rules", "simple", "fee")]
    return [
        _picture("map", say),
        _picture("papers", say),
        *(_rules(say) if case.group == "minor" else []),
        {
            "heading": say("paper-tri-contact", {}),
            "text": [issuer.institution, issuer.official_phone, issuer.site],
        },
        _texts("paper-tri-legal", laws, say),
    ]


def _texts(heading: str, keys: list[str], say: Say) -> Section:
    return {"heading": say(heading, {}), "text": [say(key, {}) for key in keys]}


def _points(heading: str, keys: list[str], say: Say) -> Section:
    return {"heading": say(heading, {}), "points": [say(key, {}) for key in keys]}
