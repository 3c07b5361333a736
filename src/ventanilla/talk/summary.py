"""What is about to be booked, shown before it is: for one person, or for several who come together."""

from datetime import date, datetime, timedelta

from ventanilla.core.booking import Applicant
from ventanilla.core.procedures import needs_old_passport
from ventanilla.talk.confirm import fee_for
from ventanilla.talk.dialogue import Scene
from ventanilla.talk.documents import DOCUMENTS
from ventanilla.talk.group import one_by_one
from ventanilla.talk.messages import Choice, Phrase, Value
from ventanilla.talk.person import NONE, TERMS, WHO, Name, curp_facts, curp_of, is_minor
from ventanilla.talk.together import places_of
from ventanilla.talk.waiting import FORGOTTEN
from ventanilla.talk.where import PLACE, office_of, place_of, zone_of

ASKS = {ask.name: ask for ask in (*WHO, *DOCUMENTS, *TERMS, *PLACE)}


_HIDDEN = frozenset({"place", "scope", *FORGOTTEN})


def given_rows(scene: Scene) -> tuple[Choice, ...]:
    """One row for each answer that can be changed."""
    return tuple(
        Choice(name, Phrase(f"choice-change-{name}"))
        for name, ask in ASKS.items()
        if name in scene.answers and name not in _HIDDEN and ask.applies(scene)
    )


def applicant_of(scene: Scene) -> Applicant:
    answers = scene.answers
    name = Name.of(answers["name"])
    kept = {
        name: answers[name]
        for name, ask in ASKS.items()
        if name not in ("curp", "name", *FORGOTTEN) and answers.get(name, NONE) != NONE and ask.applies(scene)
    }
    return Applicant(answers["curp"], name.given, name.surname1, name.surname2, name.flagged, kept)


def summary(scene: Scene) -> Phrase:
    moment = place_of(scene).starts_at.astimezone(zone_of(scene))
    answers, office = scene.answers, office_of(scene)
    fee = fee_for(scene.facts.world, answers["validity"], moment.year)
    years, _, tariff = answers["validity"].partition(":")
    return Phrase(
        "ask-confirm",
        {
            **curp_facts(curp_of(scene)),
            "procedure": Phrase(f"choice-procedure-{answers['procedure']}"),
            "name": str(Name.of(answers["name"])),
            "curp": answers["curp"],
            "identification": Phrase(f"choice-identification-{answers['identification']}"),
            "number": answers.get("id-number", NONE),
            "old": _old_passport(scene),
            "attending": _attending(scene),
            "years": int(years),
            "tariff": tariff,
            "amount": fee.amount_mxn,
            "provisional": "yes" if fee.provisional else "no",
            "email": answers["email"],
            "office": office.name,
            "day": moment.date(),
            "time": moment.time(),
            "minutes": minutes_left(scene),
        },
    )


def minutes_left(scene: Scene) -> int:
    """Of the hold: 0 where it is over, and the place may go to somebody else."""
    left = datetime.fromisoformat(scene.answers["held"]) - scene.facts.now
    return max(0, -(-left // timedelta(minutes=1)))


def _old_passport(scene: Scene) -> Phrase | str:
    if not needs_old_passport(scene.answers["procedure"]):
        return NONE
    number, issued, expires = (scene.answers[k] for k in ("old-number", "old-issued", "old-expires"))
    dates = {
        k: v if v == NONE else date.fromisoformat(v) for k, v in (("issued", issued), ("expires", expires))
    }
    return Phrase("old-passport", {"number": number, **dates})


def _attending(scene: Scene) -> Phrase | str:
    value = scene.answers.get("attending")
    return Phrase(f"choice-attending-{value}") if value and is_minor(scene) else NONE


def family_summary(scene: Scene) -> Phrase:
    """Everybody by number, each with their hour; what is everybody's once."""
    places, office, zone = places_of(scene), office_of(scene), zone_of(scene)
    year = places[0].starts_at.astimezone(zone).year
    each = one_by_one(scene)
    fees = [fee_for(scene.facts.world, one.answers["validity"], year) for one in each]
    moments = [place.starts_at.astimezone(zone) for place in places]
    rows = zip(each, moments, fees, strict=True)
    return Phrase(
        "ask-confirm-family",
        {
            "count": len(each),
            "rows": tuple(
                _person(number, one, moment, fee.amount_mxn, each[0].answers["email"])
                for number, (one, moment, fee) in enumerate(rows, 1)
            ),
            "amount": sum(fee.amount_mxn for fee in fees),
            "provisional": "yes" if any(fee.provisional for fee in fees) else "no",
            "office": office.name,
            "day": moments[0].date(),
            "minutes": minutes_left(scene),
        },
    )


def _person(number: int, one: Scene, moment: datetime, amount: int, known: Value) -> Phrase:
    """`known`: the e-mail of the first, which need not be shown again."""
    answers = one.answers
    email = NONE if number > 1 and answers["email"] == known else answers["email"]
    years, _, tariff = answers["validity"].partition(":")
    return Phrase(
        "family-person",
        {
            "n": number,
            "name": str(Name.of(answers["name"])),
            "time": moment.time(),
            "curp": answers["curp"],
            "born": curp_of(one).birth_date,
            "procedure": Phrase(f"choice-procedure-{answers['procedure']}"),
            "years": int(years),
            "tariff": tariff,
            "amount": amount,
            "identification": Phrase(f"choice-identification-{answers['identification']}"),
            "number": answers.get("id-number", NONE),
            "old": _old_passport(one),
            "attending": _attending(one),
            "email": email,
        },
    )
