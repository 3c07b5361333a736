"""The triptych (tríptico): two landscape letter pages of three panels, to print on both sides and fold.

Outside, from left to right: inner flap, back, front cover. Inside: what to bring, how to pay, the day.
"""

from ventanilla.papers import panels
from ventanilla.papers.case import Case, Say
from ventanilla.papers.formats import hour, long_day
from ventanilla.papers.printable import Json
from ventanilla.papers.qr import qr_svg
from ventanilla.papers.typeset import typeset


def triptych(case: Case, say: Say) -> bytes:
    texts: dict[str, Json] = {
        "language": case.language,
        "demo": say("paper-demo", {}) if case.issuer.demo else "",
        "title": say("paper-tri-title", {}),
        "fold": say("paper-tri-fold", {}),
        "links": {"map": case.office.map_url, "papers": case.papers_url, "sheet": case.sheet_url},
        "cover": _cover(case, say),
        "outside": [panels.flap(case, say), panels.back(case, say)],
        "inside": [panels.bring(case, say), panels.pay(case, say), panels.day(case, say)],
    }
    pictures = {
        "map": qr_svg(case.office.map_url),
        "papers": qr_svg(case.papers_url),
        "sheet": qr_svg(case.sheet_url),
    }
    return typeset("triptych", texts, pictures)


def _cover(case: Case, say: Say) -> dict[str, Json]:
    return {
        "institution": case.issuer.institution,
        "procedure": say(f"paper-procedure-{case.procedure}", {}),
        "group": say(f"paper-group-{case.group}", {}),
        "folio": say("paper-folio", {"folio": case.folio}),
        "rows": [
            _row("for", case.holder.full_name, say),
            _row("day", long_day(case.starts_at.date(), case.language), say, strong=True),
            _row("hour", say("paper-tri-hour-value", {"hour": hour(case.starts_at)}), say, strong=True),
            _row("office", case.office.name, say),
            _row("address", case.office.address, say),
            _row("validity", say("paper-years", {"years": case.validity_years}), say),
        ],
    }


def _row(name: str, value: str, say: Say, *, strong: bool = False) -> dict[str, Json]:
    return {"label": say(f"paper-tri-{name}", {}), "value": value, "strong": strong}
