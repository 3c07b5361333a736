"""What people type for the place they live in, and which place that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.places_read import index, towns

from ventanilla.core.places import Municipality
from ventanilla.talk.municipalities import MunicipalityIndex, One, Several, State, Unknown


def _called(town: Municipality) -> str:
    return f"{town.name}, {town.state}"


ONE = [
    ("Benito Juarez, cdmx", "Benito Juárez, Ciudad de México"),
    ("benito juárez q. roo", "Benito Juárez, Quintana Roo"),
    ("juarez chihuahua", "Juárez, Chihuahua"),
    ("chihuahua juarez", "Juárez, Chihuahua"),
    ("cd. juarez", "Juárez, Chihuahua"),
    ("Cd Juárez, Chih. C.P. 32600", "Juárez, Chihuahua"),
    ("Tlajomulco", "Tlajomulco de Zúñiga, Jalisco"),
    ("tlajo", "Tlajomulco de Zúñiga, Jalisco"),
    ("Naucalpan edomex", "Naucalpan de Juárez, Estado de México"),
    ("Guadalahara", "Guadalajara, Jalisco"),
    ("Montrrey", "Monterrey, Nuevo León"),
    ("Tijuna", "Tijuana, Baja California"),
    ("Zapopam", "Zapopan, Jalisco"),
    ("reynoza", "Reynosa, Tamaulipas"),
    ("naucalpn edomex", "Naucalpan de Juárez, Estado de México"),
    ("Guadalajara, Jalsico", "Guadalajara, Jalisco"),
    ("vivo en Puebla capital", "Puebla, Puebla"),
    ("soy de Ecatepec", "Ecatepec de Morelos, Estado de México"),
    ("ecatepec morelos", "Ecatepec de Morelos, Estado de México"),
    ("Hola, buenas tardes, yo vivo en Toluca centro, gracias", "Toluca, Estado de México"),
    ("Monterrey, Nuevo Leon", "Monterrey, Nuevo León"),
    ("MONTERREY NUEVO LEÓN MÉXICO", "Monterrey, Nuevo León"),
    ("Toluca, México", "Toluca, Estado de México"),
    ("tijuana b.c.", "Tijuana, Baja California"),
    ("I live in Cancun", "Benito Juárez, Quintana Roo"),
    ("playa del carmen", "Playa del Carmen, Quintana Roo"),
    ("cabo san lucas", "Los Cabos, Baja California Sur"),
    ("la paz bcs", "La Paz, Baja California Sur"),
    ("nueva rosita", "San Juan de Sabinas, Coahuila"),
    ("los mochis", "Ahome, Sinaloa"),
    ("cd obregon", "Cajeme, Sonora"),
    ("cd victoria", "Victoria, Tamaulipas"),
    ("cd. del carmen", "Carmen, Campeche"),
    ("coatza", "Coatzacoalcos, Veracruz"),
    ("xalapa", "Xalapa, Veracruz"),
    ("puerto de veracruz", "Veracruz, Veracruz"),
    ("puerto escondido", "San Pedro Mixtepec (Distrito 22), Oaxaca"),
    ("San Pedro Mixtepec Distrito 26", "San Pedro Mixtepec (Distrito 26), Oaxaca"),
    ("tula hidalgo", "Tula de Allende, Hidalgo"),
    ("tula tamps", "Tula, Tamaulipas"),
    ("Morelos, Zacatecas", "Morelos, Zacatecas"),
    ("Hidalgo, Michoacán", "Hidalgo, Michoacán"),
    ("centro tabasco", "Centro, Tabasco"),
    ("Gral. Escobedo NL", "General Escobedo, Nuevo León"),
    ("Dr. Arroyo", "Doctor Arroyo, Nuevo León"),
    ("San Juan del Estado, Oaxaca", "San Juan del Estado, Oaxaca"),
    ("salto jalisco", "El Salto, Jalisco"),
    ("Atizapán, México", "Atizapán, Estado de México"),
    ("GUADALAJARA 🙂", "Guadalajara, Jalisco"),
    # A state whose name is also a large city's is the city; an abbreviation that people use so, too.
    ("Puebla", "Puebla, Puebla"),
    ("Querétaro", "Querétaro, Querétaro"),
    ("Chihuahua", "Chihuahua, Chihuahua"),
    ("Durango", "Durango, Durango"),
    ("Oaxaca", "Oaxaca de Juárez, Oaxaca"),
    ("Zacatecas", "Zacatecas, Zacatecas"),
    ("Guanajuato", "Guanajuato, Guanajuato"),
    ("San Luis Potosí", "San Luis Potosí, San Luis Potosí"),
    ("Aguascalientes", "Aguascalientes, Aguascalientes"),
    ("Campeche", "Campeche, Campeche"),
    ("Colima", "Colima, Colima"),
    ("Tlaxcala", "Tlaxcala, Tlaxcala"),
    ("Veracruz", "Veracruz, Veracruz"),
    ("slp", "San Luis Potosí, San Luis Potosí"),
    ("qro.", "Querétaro, Querétaro"),
    ("matehuala slp", "Matehuala, San Luis Potosí"),
]


@pytest.mark.parametrize(("said", "meant"), ONE)
def test_one_place_is_meant(said: str, meant: str) -> None:
    found = index().find(said)
    assert isinstance(found, One), found
    assert _called(found.municipality) == meant


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("cdmx", "09"),
        ("D.F.", "09"),
        ("Mexico City", "09"),
        ("I'm from Mexico City", "09"),
        ("la ciudad de méxico", "09"),
        ("Edo. de México", "15"),
        ("edomex", "15"),
        ("Jalisco", "14"),
        ("Sonora", "26"),
        ("vivo en sonora", "26"),
        ("Hidalgo", "13"),
        ("Guerrero", "12"),
        ("Morelos", "17"),
        ("Tabasco", "27"),
        ("Sinaloa", "25"),
        ("Quintana Roo", "23"),
        ("Coahuila de Zaragoza", "05"),
        ("estado de Puebla", "21"),
        ("Michoacan", "16"),
        ("Tamaulpas", "28"),
    ],
)
def test_a_whole_state_is_meant(said: str, code: str) -> None:
    assert index().find(said) == State(code)


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("Juárez", "Juárez, Chihuahua", "Juárez, Nuevo León"),
        ("Benito Juarez", "Benito Juárez, Quintana Roo", "Juárez, Nuevo León"),
        ("guadalupe", "Guadalupe, Nuevo León", "Guadalupe, Zacatecas"),
        ("La Paz", "La Paz, Estado de México", "La Paz, Baja California Sur"),
        ("nogales", "Nogales, Sonora", "Nogales, Veracruz"),
        ("Tula", "Tula de Allende, Hidalgo", "Tula, Tamaulipas"),
        ("Atizapan", "Atizapán de Zaragoza, Estado de México", "Atizapán, Estado de México"),
        (
            "san juan mixtepec",
            "San Juan Mixtepec (Distrito 08), Oaxaca",
            "San Juan Mixtepec (Distrito 26), Oaxaca",
        ),
        ("juarze", "Juárez, Chihuahua", "Juárez, Nuevo León"),
    ],
)
def test_several_places_are_offered_with_the_largest_first(said: str, first: str, second: str) -> None:
    found = index().find(said)
    assert isinstance(found, Several), found
    assert [_called(t) for t in found.municipalities[:2]] == [first, second]
    sizes = [t.population for t in found.municipalities]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) <= 9


def test_more_than_nine_of_one_name_are_said_to_be_more() -> None:
    places = [Municipality(f"{n:02}", "001", "Llano", f"Estado {n}", 20, -100, n, "") for n in range(1, 12)]
    found = MunicipalityIndex(places).find("llano")
    assert isinstance(found, Several)
    assert (len(found.municipalities), found.more) == (9, True)


def test_a_hamlet_of_the_same_name_does_not_make_people_choose() -> None:
    city = Municipality("01", "001", "Llano", "Uno", 20, -100, 200_000, "")
    hamlet = Municipality("02", "001", "Llano", "Dos", 20, -100, 10_000, "")
    assert MunicipalityIndex([hamlet, city]).find("llano") == One(city)


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ("tepik", "Tepic, Nayarit"),
        ("colonia centro toluca edomex", "Toluca, Estado de México"),
        ("mi mamá vive en las flores de ecatepec la verdad", "Ecatepec de Morelos, Estado de México"),
    ],
)
def test_what_is_not_sure_is_suggested(said: str, suggested: str) -> None:
    found = index().find(said)
    assert isinstance(found, Unknown), found
    assert _called(found.suggestions[0]) == suggested
    assert len(found.suggestions) <= 3


@pytest.mark.parametrize(
    "said", ["", " ", "¿?", "32600", "mexico", "centro", "la ciudad", "en el centro", "asdfgh", "."]
)
def test_nothing_is_made_up(said: str) -> None:
    assert index().find(said) == Unknown(())


def test_a_preferred_state_decides_between_places_of_one_name() -> None:
    found = index().find("guadalupe", prefer_state="32")
    assert found == One(towns()["32", "017"])
    assert isinstance(index().find("guadalupe", prefer_state="09"), Several)


def test_every_municipality_is_found_by_name_and_state() -> None:
    missed = [_called(t) for t in towns().values() if index().find(_called(t)) != One(t)]
    assert missed == []


def test_every_municipality_is_found_without_accents_and_in_capitals() -> None:
    bare = str.maketrans("áéíóúüÁÉÍÓÚ", "aeiouuAEIOU")
    missed = [
        _called(t) for t in towns().values() if index().find(_called(t).translate(bare).upper()) != One(t)
    ]
    assert missed == []


def test_a_name_alone_leads_to_its_place_or_to_one_twenty_times_as_large() -> None:
    for town in towns().values():
        match index().find(town.name):
            case Several(offered, more):
                assert more or town in offered
            case One(other):
                assert other == town or other.population >= 20 * town.population
            case other_answer:
                # Named like a state, or "Centro": what everybody calls the middle of a town.
                assert isinstance(other_answer, State) or town.name == "Centro"


@pytest.mark.parametrize(
    ("state", "code", "known"), [("14", "039", True), ("14", "999", False), ("99", "001", False)]
)
def test_places_are_looked_up_by_code(state: str, code: str, known: bool) -> None:
    assert (index().get(state, code) is not None) is known
    assert index().has_state(state) is (state == "14")


@given(st.text(max_size=400))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    assert isinstance(index().find(text), One | State | Several | Unknown)


_SAID = "san juan de la del mexico estado ciudad centro puebla jalisco cd 13 32600 los reyes edo q roo , ."
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(_WORDS, max_size=20))
def test_any_order_of_place_words_gets_an_answer(words: list[str]) -> None:
    found = index().find(" ".join(words))
    assert not isinstance(found, Several) or 2 <= len(found.municipalities) <= 9
