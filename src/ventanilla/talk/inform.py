"""Answers that need no booking: requirements, costs, offices, what is kept, and a person to talk to."""

from ventanilla.core.procedures import PROCEDURES
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.engine import Ask, Dialogue, Do, Hand, Phrase, Say, Scene, Step
from ventanilla.talk.facts import Facts, MyAppointments
from ventanilla.talk.intents import Wish
from ventanilla.talk.person import choose
from ventanilla.talk.where import read_municipality

_OFFICES_SHOWN = 5


def requirements(procedure: str, group: str) -> Phrase:
    return Phrase("requirements", {"procedure": procedure, "group": group})


def costs(facts: Facts, wish: Wish) -> Phrase:
    """This year's fees; with a validity named, that one alone. `half` is -1 where unknown."""
    year, fees = facts.today.year, facts.world.fees
    if "validity" in wish.given:
        years = int(wish.given["validity"])
        full, half = fees.fee(year, years, half=False), fees.fee(year, years, half=True)
        if full is not None:
            amounts = {"full": full.amount_mxn, "half": half.amount_mxn if half else -1}
            return Phrase("cost-of-one", {"years": years, "year": full.year, **amounts})
    full_fees = {years: fees.fee(year, years, half=False) for years in (1, 3, 6, 10)}
    args = {f"fee-{years}": fee.amount_mxn if fee else -1 for years, fee in full_fees.items()}
    return Phrase("costs", {"year": max(f.year for f in full_fees.values() if f), **args})


def person(facts: Facts, *, unfinished: bool) -> Phrase:
    phone = facts.world.institution.official_phone
    return Phrase("person", {"phone": phone, "unfinished": "yes" if unfinished else "no"})


def my_data(facts: Facts) -> Phrase:
    mine = facts.get(MyAppointments())
    institution = facts.world.institution
    args = {"count": len(mine), "url": institution.notice_url, "days": facts.world.rules.talk_life.days}
    return Phrase("my-data", args)


def _tell_requirements(scene: Scene) -> Step:
    told = requirements(scene.answers["procedure"], scene.answers["group"])
    return Step(out=(Say((told,), MENU_BACK, "menu"),))


def _tell_offices(scene: Scene) -> Step:
    world, answer = scene.facts.world, scene.answers["municipality"]
    state, _, code = answer.partition("-")
    town = world.municipalities.get(state, code) if code else None
    if town is not None:
        found = world.near.to(town, None, _OFFICES_SHOWN)
    else:
        here = [o for o in world.offices.values() if o.open and o.state_code == state]
        found = tuple((o, -1.0) for o in sorted(here, key=lambda o: o.name)[:_OFFICES_SHOWN])
    rows = tuple(
        Phrase(
            "office-told",
            {"name": o.name, "address": o.address or o.municipality, "km": round(km), "hours": o.hours},
        )
        for o, km in found
    )
    told = (Phrase("offices-told", {"count": len(found)}), *rows)
    return Step(out=(Say(told, MENU_BACK, "menu"),))


REQUIREMENTS = Dialogue(
    "requirements",
    (choose("procedure", PROCEDURES, described=True)(), choose("group", ("adult", "minor"))()),
    _tell_requirements,
)

OFFICES = Dialogue("offices", (Ask("municipality", read_municipality),), _tell_offices)


def group_wished(wish: Wish) -> dict[str, str]:
    """ "para mi hijo de 4 años" tells the group; so does "mi mamá"."""
    given = dict(wish.given)
    if "for-whom" in given:
        child = given["for-whom"] == "child" and int(given.get("age", 0)) < 18
        given["group"] = "minor" if child else "adult"
    return {k: v for k, v in given.items() if k in ("procedure", "group")}


HAND_OVER = Do("hand-over")
NOTICE = Hand("notice", {})
