"""The shipped files are whole, agree with each other and with what SOURCES.md says of them."""

import re
from collections import Counter

from tests.data.places_read import aliases, fees, index, office, offices, rest_rules, shipped, towns, zones

from ventanilla.core.procedures import PROCEDURES
from ventanilla.talk.municipalities import One
from ventanilla.talk.place_words import spoken


def _rows(name: str) -> int:
    return shipped(name).count("\n") - 1


def test_every_state_has_usable_offices_municipalities_and_a_zone() -> None:
    states = {f"{n:02}" for n in range(1, 33)}
    assert {o.state_code for o in offices() if o.open} == states
    assert {state for state, _ in towns()} == states
    assert {state for state, code in zones() if not code} == states


def test_the_numbers_are_those_of_the_sources() -> None:
    usable = [o for o in offices() if o.open]
    assert (len(offices()), len(usable), len(towns()), len(zones())) == (181, 161, 2478, 63)
    said = shipped("SOURCES.md")
    for name in ("municipalities.csv", "timezones.csv", "fees.csv", "rest_days.csv", "aliases.csv"):
        assert f"| `{name}` | {_rows(name):,} |" in said
    assert f"| `offices.csv` | {len(offices())} ({len(usable)} usable) |" in said


def test_only_two_offices_take_nothing_but_renewals() -> None:
    some = {o.id: o.procedures for o in offices() if o.procedures != set(PROCEDURES)}
    assert some == {"02-01": {"renewal"}, "09-01": {"renewal"}}


def test_municipal_fees_are_known_for_three_offices() -> None:
    known = {o.id: o.local_fee_mxn for o in offices() if o.local_fee_mxn is not None}
    assert known == {"14-19": 124, "28-05": 560, "30-07": 350}


def test_what_is_assumed_is_marked() -> None:
    usable = [o for o in offices() if o.open]
    assert Counter(o.hours_assumed for o in usable) == {True: 152, False: 9}
    assert {o.id for o in usable if not o.capacity_assumed} == {"09-01", "09-14", "14-17", "15-12", "30-07"}


def test_capacities_are_rounded_down_from_the_day() -> None:
    reported = {
        "09-01": 500 // 48,
        "09-14": 1200 // 48,
        "14-17": 80 // 32,
        "15-12": 100 // 28,
        "30-07": 60 // 28,
    }
    assert {i: office(i).capacity for i in reported} == reported


def test_an_office_that_two_boroughs_share_has_one_of_them() -> None:
    assert (office("09-14").municipality, office("09-14").open) == ("Álvaro Obregón", True)
    assert not office("15-01").open


def test_no_two_municipalities_of_a_state_have_one_name() -> None:
    names = Counter((t.state_code, spoken(t.name)) for t in towns().values())
    assert names.most_common(1)[0][1] == 1


def test_every_zone_exception_is_a_municipality_by_its_name() -> None:
    lines = [line.split(",") for line in shipped("timezones.csv").splitlines()[1:]]
    assert all(towns()[r[0], r[2]].name == r[3] for r in lines if r[2])


def test_every_alias_leads_to_a_place_in_plain_words() -> None:
    for alias, state, code in aliases():
        assert (state, code) in towns() if code else (state, "") in zones()
        assert alias == alias.casefold().strip()
        assert spoken(alias)
    assert len(set(aliases())) == len(aliases())


def test_no_alias_hides_another_municipality_of_that_name() -> None:
    named: dict[str, set[tuple[str, str]]] = {}
    for key, town in towns().items():
        named.setdefault(spoken(town.name), set()).add(key)
    meant: dict[str, set[tuple[str, str]]] = {}
    for alias, state, code in aliases():
        if code:
            meant.setdefault(spoken(alias), set()).add((state, code))
    hidden = {alias: named[alias] - keys for alias, keys in meant.items() if named.get(alias, set()) - keys}
    assert hidden == {}


def test_fees_of_the_current_year_are_complete() -> None:
    full = {v: fees().fee(2026, v, half=False) for v in (1, 3, 6, 10)}
    half = {v: fees().fee(2026, v, half=True) for v in (1, 3, 6, 10)}
    assert {v: f.amount_mxn for v, f in full.items() if f} == {1: 920, 3: 1795, 6: 2440, 10: 4280}
    assert {v: f.amount_mxn for v, f in half.items() if f} == {1: 460, 3: 900, 6: 1220, 10: 2140}


def test_the_half_of_2024_for_one_year_was_not_found() -> None:
    assert fees().fee(2024, 1, half=True) is None
    assert fees().fee(2024, 1, half=False)


def test_every_rest_day_of_the_law_is_there() -> None:
    assert len(rest_rules()) == 9


def test_renamed_municipalities_are_found_by_their_earlier_names() -> None:
    for earlier, key in (
        ("Solidaridad, Quintana Roo", ("23", "008")),
        ("Juchitán de Zaragoza", ("20", "043")),
        ("Ahualulco, San Luis Potosí", ("24", "001")),
        ("San José Iturbide", ("11", "032")),
    ):
        assert index().find(earlier) == One(towns()[key])


def test_sources_name_every_file() -> None:
    assert set(re.findall(r"\| `(\w+\.csv)`", shipped("SOURCES.md"))) == {
        "aliases.csv",
        "fees.csv",
        "municipalities.csv",
        "offices.csv",
        "rest_days.csv",
        "timezones.csv",
    }
