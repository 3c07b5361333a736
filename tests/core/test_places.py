"""Distances, the nearest offices, and the link to a map."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.data.places_read import office, offices, towns

from ventanilla.core.places import Nearness, distance_km, everyday_state, map_url, nearest

GUADALAJARA, TIJUANA, MEXICALI = ("14", "039"), ("02", "004"), ("02", "002")


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (GUADALAJARA, GUADALAJARA, 0),
        (GUADALAJARA, ("09", "015"), 460),
        (TIJUANA, ("23", "005"), 3_270),
        (TIJUANA, MEXICALI, 145),
    ],
)
def test_distances_follow_the_globe(one: tuple[str, str], other: tuple[str, str], km: int) -> None:
    assert distance_km(towns()[one], towns()[other]) == pytest.approx(km, rel=0.02)
    assert distance_km(towns()[one], towns()[other]) == distance_km(towns()[other], towns()[one])


def test_the_nearest_offices_come_first_and_take_the_procedure() -> None:
    found = nearest(offices(), towns()[TIJUANA], "first", limit=2)
    assert [o.id for o, _ in found] == ["02-03", "02-04"]
    assert found[0][1] == 0


def test_what_is_remembered_is_what_would_be_found_again() -> None:
    town, near = towns()[("09", "003")], Nearness(offices())
    for _ in range(2):
        for procedure in ("first", "renewal", None):
            assert near.to(town, procedure, 5) == nearest(offices(), town, procedure, 5)


def test_a_renewals_office_is_only_offered_for_renewals() -> None:
    assert "02-01" in {o.id for o, _ in nearest(offices(), towns()[TIJUANA], "renewal", limit=2)}
    for procedure in ("first", "lost"):
        assert "02-01" not in {o.id for o, _ in nearest(offices(), towns()[TIJUANA], procedure)}
    assert "02-01" in {o.id for o, _ in nearest(offices(), towns()[TIJUANA], None)}


def test_offices_at_the_same_distance_are_in_order_of_their_names() -> None:
    here = [o.name for o, km in nearest(offices(), towns()[GUADALAJARA], "first") if km == 0]
    assert len(here) > 1
    assert here == sorted(here)


def test_closed_and_announced_offices_are_never_offered() -> None:
    found = nearest(offices(), towns()[GUADALAJARA], None)
    assert len(found) == 161
    assert all(o.open for o, _ in found)


def test_an_office_with_coordinates_is_measured_from_there() -> None:
    town = towns()[GUADALAJARA]
    moved = replace(office("14-03"), lat=town.lat, lon=town.lon + 1)
    assert nearest([moved], town, "first")[0][1] == pytest.approx(104, rel=0.01)


def test_an_office_can_be_where_the_distance_starts() -> None:
    found = nearest(offices(), office("02-02"), "first", limit=3)
    assert {o.id for o, _ in found[:2]} == {"02-02", "02-04"}


def _query(url: str) -> str:
    parts = urlsplit(url)
    assert parts.scheme == "https"
    assert url.isascii()
    return parse_qs(parts.query)["query"][0]


def test_the_map_is_searched_by_address() -> None:
    said = _query(map_url(office("09-04")))
    assert said == (
        "Miguel Ángel de Quevedo 1144, Parque San Andrés, Coyoacán, Coyoacán, Ciudad de México, México"
    )


def test_without_an_address_the_map_is_searched_by_name() -> None:
    assert _query(map_url(office("30-07"))).startswith(
        "Oficina de Enlace Poza Rica, Poza Rica de Hidalgo, Ver"
    )


def test_an_address_cannot_add_to_the_link() -> None:
    tricky = replace(office("14-03"), address="Calle 1 & 2 #3?api=2")
    assert _query(map_url(tricky)).startswith("Calle 1 & 2 #3?api=2, Guadalajara")


def test_known_coordinates_are_preferred() -> None:
    known = replace(office("14-03"), latitude=20.67, longitude=-103.35)
    assert _query(map_url(known)) == "20.67,-103.35"


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [
        ("México", "Estado de México"),
        ("Coahuila de Zaragoza", "Coahuila"),
        ("Michoacán de Ocampo", "Michoacán"),
        ("Veracruz de Ignacio de la Llave", "Veracruz"),
        ("Jalisco", "Jalisco"),
        ("Estado de México", "Estado de México"),
    ],
)
def test_states_have_the_name_people_use(catalogue: str, said: str) -> None:
    assert everyday_state(catalogue) == said


@pytest.mark.parametrize(
    ("office_id", "short"),
    [
        ("14-03", "Guadalajara"),
        ("08-04", "Ciudad Juárez Galerías Tec"),
        ("14-02", "Módulo Plaza Guadalajara"),
    ],
)
def test_lists_show_what_tells_an_office_from_the_others(office_id: str, short: str) -> None:
    assert office(office_id).short_name == short


@pytest.mark.parametrize(
    ("office_id", "zone"),
    [
        ("02-02", "America/Tijuana"),
        ("08-01", "America/Chihuahua"),
        ("08-02", "America/Ciudad_Juarez"),
        ("05-01", "America/Monterrey"),
        ("05-04", "America/Matamoros"),
        ("26-01", "America/Hermosillo"),
        ("23-02", "America/Cancun"),
        ("28-01", "America/Monterrey"),
        ("28-05", "America/Matamoros"),
        ("09-04", "America/Mexico_City"),
    ],
)
def test_the_zone_is_the_states_with_municipal_exceptions(office_id: str, zone: str) -> None:
    assert office(office_id).zone == zone
