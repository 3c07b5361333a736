"""Many ways to say each wish, and what only looks like one."""

import pytest

from ventanilla.talk.intents import Wish
from ventanilla.words import vocabulary

ES, EN = vocabulary("es"), vocabulary("en")

WISHES = {
    "book": """
        quiero sacar cita · Quiero una cita por favor · necesito cita para pasaporte ·
        quiero agendar mi cita · kiero sacar mi pasaporte · QUIERO RENOVAR MI PASAPORTE ·
        se me perdio mi pasaporte · me robaron el pasaporte · ¿cómo puedo hacer una cita? ·
        quiero tramitar el pasaporte de mi hija · ocupo el pasaporte · agendar ·
        mi pasaporte está vencido · apartar una cita · quiero mi cita · pasaporte por primera vez
    """,
    "appointments": """
        mis citas · quiero ver mi cita · ¿cuándo es mi cita? · a qué hora es mi cita · no puedo ir ·
        no voy a poder ir · no podré ir ese día
    """,
    "move": """
        cambiar mi cita · quiero cambiar mi cita · quiero cambiar la fecha de mi cita · reagendar ·
        mover mi cita al viernes · kiero mover mi cita · quisiera reprogramar mi cita · posponer la cita ·
        ¿puedo adelantar mi cita?
    """,
    "cancel": """
        quiero cancelar mi cita · cancelar cita · cancela mi cita · ya no quiero mi cita ·
        quisiera cancelar la cita por favor
    """,
    "papers": """
        mándame otra vez mis QR · mis qr · no me llegaron los códigos QR · borré mis QR ·
        perdí los documentos de mi cita · mándame otra vez mis documentos
    """,
    "proof": """
        tengo mi folio · la cita la hice desde otro teléfono · la saqué con otro celular ·
        mi folio es PA-ABC-DEF2
    """,
    "requirements": """
        requisitos · ¿qué llevo? · qué necesito para el pasaporte · que papeles piden ·
        qué documentos debo llevar · qué llevo para mi hijo de 4 años · requicitos · qué ocupo
    """,
    "costs": """
        cuanto cuesta · ¿Cuánto cuesta el de 10 años? · cuanto sale el pasaporte · precio · costos ·
        dónde pago · cómo pago · cuanto cobran · tarifas · cuánto cuesta renovar el pasaporte
    """,
    "offices": "oficinas · ¿dónde están? · dónde queda la oficina · cuál es la oficina más cercana",
    "person": """
        quiero hablar con una persona · hablar con alguien · necesito un asesor · quiero un humano
    """,
    "data": "mis datos · quiero borrar mis datos · qué datos guardan",
    "notice": "aviso de privacidad · quiero leer el aviso de privacidad",
    "official": """
        este es el número oficial? · me cobraron por la cita · me quieren cobrar · es un fraude ·
        es gratis?
    """,
    "thanks": "muchas gracias · gracias por todo",
}
ENGLISH = {
    "book": """
        I want a passport appointment · book an appointment · I need to renew my passport ·
        I lost my passport
    """,
    "appointments": """
        my appointments · when is my appointment · I can't make it
    """,
    "move": "reschedule · I want to move my appointment · change my appointment to friday",
    "cancel": "cancel my appointment · I want to cancel my appointment",
    "papers": "send me my QR codes again · I lost my qr",
    "proof": "I made it from another phone · I have a folio",
    "requirements": "what should I bring · requirements · which documents do I need",
    "costs": "how much is it · how much does the 10 year passport cost · price",
    "person": "I want to talk to a person · can I speak to a person",
    "official": "is this free? · is this a scam",
}
NO_WISHES = """
    Gloria Hernández García · Néstor Acosta Costilla · María del Refugio Papeleta · Nestor Gestoso ·
    Zapopan · Oaxaca · Tlajomulco de Zúñiga · La Piedad · Citlali · Cita Montes · HEGG560427MVZRRL04 ·
    123456789 · 3 de mayo de 2016 · el martes · 10:30 · ana@ejemplo.mx · ine · sí · no · hola · bueno ·
    👍 · credencial de elector · mamá y papá · Coyotepec · Costa Chica · Guadalupe Ofelia Datos
"""


def _each(text: str) -> list[str]:
    return [" ".join(said.split()) for said in text.split("·") if said.strip()]


@pytest.mark.parametrize(("name", "said"), [(n, s) for n, text in WISHES.items() for s in _each(text)])
def test_a_wish_in_spanish(name: str, said: str) -> None:
    found = ES.wish(said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(("name", "said"), [(n, s) for n, text in ENGLISH.items() for s in _each(text)])
def test_a_wish_in_english(name: str, said: str) -> None:
    found = EN.wish(said)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("said", _each(NO_WISHES))
def test_names_places_and_answers_are_no_wishes(said: str) -> None:
    assert ES.wish(said) is None


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("quiero renovar mi pasaporte", {"procedure": "renewal", "for-whom": "me"}),
        ("ola buenas, kiero renobar mi pasaporte", {"procedure": "renewal", "for-whom": "me"}),
        ("quiero sacar el pasaporte de mi mamá", {"for-whom": "other"}),
        ("quiero cita para mi tía", {"for-whom": "other"}),
        ("quiero una cita para mí", {"for-whom": "me"}),
        ("quiero cita para mi hijo de 4 años", {"for-whom": "child", "age": "4"}),
        ("necesito pasaporte para mi bebé de 8 meses", {"for-whom": "child", "age": "0"}),
        ("quiero pasaporte por primera vez", {"procedure": "first"}),
        ("me robaron el pasaporte", {"procedure": "lost"}),
        ("cuánto cuesta el de 10 años", {"validity": "10"}),
        ("cuánto cuesta el de diez años", {"validity": "10"}),
        ("quiero sacar cita", {}),
        ("quiero un pasaporte nuevo", {}),
    ],
)
def test_what_is_said_with_a_wish_is_not_asked_again(said: str, given: dict[str, str]) -> None:
    found = ES.wish(said)
    assert found is not None
    assert dict(found.given) == given


def test_one_word_is_not_sure_to_be_a_wish() -> None:
    assert ES.wish("papeles") == Wish("requirements", {}, sure=False)
    assert ES.wish("qué papeles llevo") == Wish("requirements", {}, sure=True)


@pytest.mark.parametrize(
    ("said", "command"),
    [
        *(
            ("menú", "menu"),
            ("MENU por favor", "menu"),
            ("Volver", "back"),
            ("atrás", "back"),
            ("cancelar", "cancel"),
        ),
        *(
            ("ayuda", "help"),
            ("?", "help"),
            ("hola", "hello"),
            ("hola hola", "hello"),
            ("Hola, ¿qué tal? Buen día", "hello"),
            ("Hola, buenas tardes", "hello"),
            ("persona", "person"),
        ),
        *(
            ("english", "english"),
            ("gracias", "thanks"),
            ("mis citas", "appointments"),
            ("mis datos", "data"),
        ),
        *(
            ("quiero cancelar", None),
            ("menú del día", None),
            ("Salud Persona López", None),
            ("volver a empezar", None),
        ),
        *(("", None), ("👍", None)),
    ],
)
def test_only_a_whole_message_is_a_command(said: str, command: str | None) -> None:
    assert ES.command(said) == command


@pytest.mark.parametrize(
    ("ask", "said", "value"),
    [
        *(
            ("notice", s, "accept")
            for s in ("Acepto", "sí", "si acepto", "Sí, acepto, gracias", "claro que sí", "asepto")
        ),
        *(("notice", s, "decline") for s in ("no acepto", "No", "no, no acepto", "no gracias")),
        *(
            ("notice", s, None)
            for s in ("no sé si acepto", "¿y si acepto qué pasa?", "sí y no", "acepto que no quiero")
        ),
        *(
            ("confirm", s, "yes")
            for s in ("si", "Sí, por favor", "confirmo", "sí, todo bien", "confrimar", "ok gracias")
        ),
        *(("confirm", s, "change") for s in ("no", "cambiar", "no confirmo", "está mal")),
        *(
            ("confirm", s, None)
            for s in ("cuánto cuesta si es de 10 años", "si no llego qué pasa", "sí pero cambia la hora")
        ),
        *(("sure", s, "no") for s in ("no", "no la canceles", "no, conservarla")),
        *(("sure", s, None) for s in ("si no puedo ir qué pasa", "quién sabe")),
    ],
)
def test_what_cannot_be_taken_back_needs_a_whole_answer(ask: str, said: str, value: str | None) -> None:
    assert ES.reply(ask, said) == value


@pytest.mark.parametrize(
    ("ask", "said", "value"),
    [
        *(("for-whom", s, "me") for s in ("para mí", "yo", "es mi pasaporte", "para mi por favor.")[:3]),
        *(
            ("for-whom", s, "child")
            for s in ("para mi hijo", "mi hija de 3 años", "es para mi bebé", "mi nieto")
        ),
        *(("for-whom", s, "other") for s in ("para mi mamá", "mi esposo", "para mi tía", "otra persona")),
        *(("procedure", s, "renewal") for s in ("se me venció", "renobacion", "quiero renovarlo")),
        *(("procedure", s, "lost") for s in ("lo perdí", "se me perdió", "me lo robaron", "está roto")),
        *(("identification", s, "professional-licence") for s in ("mi cédula", "cédula profesional")),
        *(("identification", s, "ine") for s in ("la del ine", "credencial de elector", "IFE")),
        *(("identification", s, "health-card") for s in ("la del imss", "credencial de salud")),
        *(("change", s, "for-whom") for s in ("para quién es",)),
        *(("change", s, "time") for s in ("la hora", "cambiar la hora")),
        *(("attending", s, "both") for s in ("los dos", "mamá y papá", "mi esposo y yo")),
    ],
)
def test_an_answer_is_found_in_a_sentence(ask: str, said: str, value: str) -> None:
    assert ES.choice(ask, said) == value
