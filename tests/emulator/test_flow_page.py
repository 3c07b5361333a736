"""A form on the chat page, in a real Chromium, touched as on a phone; and the controls of the emulator."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.emulator.sample_endpoint import Business, Endpoint

from whatsapp_emulator import Running
from whatsapp_emulator.testing import Person

pytestmark = pytest.mark.slow


@pytest.fixture
def sent(business: Business, flow_id: str, ana: Person) -> str:
    """The id of a Flow whose button is on the phone."""
    ana.does(text="Hola")
    assert business.sends(flow_id, ana)[0] == 200
    return flow_id


@pytest.fixture
def page(browser: Browser, emulator: Running, sent: str) -> Iterator[Page]:
    """A small phone; a complaint is a failure, but for controls that are not there or have nothing yet."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, locale="es-MX", has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{emulator.url}/")
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()
    assert [one for one in complaints if not re.search(r"status of (404|422)", one)] == []


def opened(page: Page) -> Page:
    page.get_by_test_id("form-open").tap()
    expect(page.get_by_test_id("form-title")).to_have_text("Person")
    return page


def goes_on(page: Page) -> None:
    page.get_by_test_id("form-footer").tap()


def in_place(page: Page) -> Page:
    opened(page)
    page.get_by_test_id("field-code").fill("ABCD")
    page.get_by_test_id("field-name").fill("Muestra")
    page.get_by_test_id("field-agrees").check()
    goes_on(page)
    expect(page.get_by_test_id("form-title")).to_have_text("Place")
    return page


def chooses(page: Page, field: str, title: str) -> None:
    page.get_by_test_id(f"field-{field}").tap()
    page.get_by_test_id("list-row").filter(has_text=title).tap()
    page.get_by_test_id("list-send").tap()
    expect(page.get_by_test_id(f"field-{field}")).to_contain_text(title)


def test_a_form_is_filled_in_by_touch(page: Page, ana: Person) -> None:
    in_place(page)
    chooses(page, "office", "Xalapa")
    page.get_by_test_id("field-day").tap()
    page.locator("[data-day='2026-12-01']").tap()
    expect(page.get_by_test_id("field-day")).to_contain_text("martes, 1 de diciembre")
    page.get_by_test_id("option-time-11:00").tap()
    goes_on(page)
    expect(page.get_by_test_id("form-body")).to_contain_text("Cita de Muestra")
    expect(page.get_by_text("2026-12-01 11:00")).to_have_css("font-weight", "700")
    page.get_by_test_id("option-papers-acta").tap()
    page.get_by_role("button", name="Rampa").tap()
    expect(page.get_by_role("button", name="Rampa")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("field-note").fill("Gracias")
    goes_on(page)
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("[data-direction=in][data-type=interactive]")).to_contain_text("Formulario enviado")
    said = ana.sees()[-1]["payload"]["interactive"]["nfm_reply"]["response_json"]
    assert '"note":"Gracias"' in said
    assert '"papers":["acta"]' in said


def test_what_is_missing_is_said_beside_it_and_has_the_focus(page: Page) -> None:
    opened(page)
    goes_on(page)
    code = page.get_by_test_id("field-code")
    expect(code).to_be_focused()
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(code).to_have_accessible_description("Falta este dato.")
    page.get_by_test_id("field-years").fill("80")
    page.get_by_test_id("field-agrees").check()
    expect(page.get_by_test_id("field-agrees")).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_test_id("field-agrees")).to_be_focused()
    code.fill("abc")
    page.get_by_test_id("field-name").fill("Muestra")
    goes_on(page)
    expect(code).to_have_accessible_description("Revisa la clave")


def test_what_the_business_says_is_shown_and_nothing_typed_is_lost(page: Page) -> None:
    opened(page)
    page.get_by_test_id("field-name").fill("Muestra")
    page.get_by_test_id("field-agrees").check()
    page.get_by_test_id("field-code").fill("MALA")
    goes_on(page)
    expect(page.get_by_test_id("form-notice")).to_have_text("Esa clave no es de aquí.")
    expect(page.get_by_test_id("field-code")).to_have_value("MALA")
    page.get_by_test_id("field-code").fill("ABCD")
    goes_on(page)
    expect(page.get_by_test_id("form-title")).to_have_text("Place")
    expect(page.get_by_test_id("form-notice")).to_be_hidden()


def test_what_is_being_typed_outlives_the_answer_to_what_was_done_before(page: Page) -> None:
    """The box is ticked, and the answer that shows it so comes while a text is half typed."""
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        held.append(route)

    opened(page)
    page.get_by_test_id("field-name").fill("Muestra")
    goes_on(page)  # something is missing: ticking the box takes a complaint away, which draws the screen anew
    expect(page.get_by_test_id("field-code")).to_be_focused()
    page.route("**/flow", hold_the_first)
    page.get_by_test_id("field-agrees").check()
    page.get_by_test_id("field-code").press_sequentially("AB")
    held[0].continue_()
    expect(page.locator("#form")).to_have_attribute("aria-busy", "false")
    page.keyboard.type("CD")
    expect(page.get_by_test_id("field-code")).to_have_value("ABCD")
    goes_on(page)
    expect(page.get_by_test_id("form-title")).to_have_text("Place")


def test_days_that_cannot_be_had_are_grey(page: Page) -> None:
    in_place(page)
    chooses(page, "office", "Xalapa")
    page.get_by_test_id("field-day").tap()
    for day in ("2026-12-05", "2026-12-25"):
        expect(page.locator(f"[data-day='{day}']")).to_be_disabled()
    expect(page.locator("[data-day='2026-12-24']")).to_be_enabled()
    expect(page.get_by_test_id("month-back")).to_be_disabled()
    expect(page.get_by_test_id("month-next")).to_be_disabled()


def test_a_birthday_is_found_by_its_year(page: Page, emulator: Running, business: Business) -> None:
    in_place(page)
    chooses(page, "office", "Tuxpan")
    page.get_by_test_id("field-day").tap()
    page.locator("[data-day='2026-12-01']").tap()
    page.get_by_test_id("option-time-10:00").tap()
    goes_on(page)
    page.get_by_test_id("field-born").tap()
    page.get_by_label("Año").select_option("1950")
    page.get_by_test_id("month-back").tap()
    page.locator("[data-day='1949-12-31']").tap()
    expect(page.get_by_test_id("field-born")).to_contain_text("31 de diciembre de 1949")


def test_going_back_and_closing_by_keyboard(page: Page, endpoint: Endpoint) -> None:
    in_place(page)
    page.get_by_test_id("form-back").press("Enter")
    expect(page.get_by_test_id("form-title")).to_have_text("Person")
    expect(page.get_by_test_id("field-code")).to_have_value("ABCD")
    page.keyboard.press("Escape")
    expect(page.locator("#form")).to_be_hidden()
    expect(page.get_by_test_id("form-open")).to_be_focused()
    assert endpoint.asked[-1]["action"] == "BACK"


def test_while_it_waits_it_says_so_and_cannot_be_tapped_again(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/flow", hold)
    page.get_by_test_id("form-open").tap()
    expect(page.locator("#form")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#form .busy")).to_be_visible()
    expect(page.get_by_test_id("form-footer")).to_be_disabled()
    page.wait_for_function("document.querySelector('#form[open]')")
    held.pop().continue_()
    expect(page.locator("#form")).to_have_attribute("aria-busy", "false")
    expect(page.get_by_test_id("form-footer")).to_be_enabled()


@pytest.mark.parametrize(
    ("change", "said"), [({"client": "too_old"}, "muy antiguo"), ({"status": "BLOCKED"}, "por ahora")]
)
def test_a_form_that_cannot_be_opened_says_so(
    page: Page, business: Business, sent: str, change: dict[str, Any], said: str
) -> None:
    business.changes(sent, **change)
    page.get_by_test_id("form-open").tap()
    expect(page.get_by_test_id("form-end")).to_contain_text(said)
    goes_on(page)
    expect(page.locator("#form")).to_be_hidden()


def test_the_words_of_a_used_token_are_shown(page: Page, endpoint: Endpoint) -> None:
    endpoint.refuses = [(427, b'{"error_msg": "Ya hiciste tu cita."}')]
    page.get_by_test_id("form-open").tap()
    expect(page.get_by_test_id("form-end")).to_have_text("Ya hiciste tu cita.")


def test_a_form_is_not_wider_than_the_screen(page: Page, endpoint: Endpoint) -> None:
    endpoint.says = [endpoint.person("W" * 80)]
    opened(page)
    for box in ("#form", "#form-body"):
        assert page.evaluate(f"(e => e.scrollWidth <= e.clientWidth)(document.querySelector('{box}'))")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_form_speaks_english_too(page: Page, emulator: Running) -> None:
    page.goto(f"{emulator.url}/?lang=en")
    opened(page)
    goes_on(page)
    expect(page.get_by_test_id("field-code")).to_have_accessible_description("This is missing.")


def test_the_controls_show_what_there_is(page: Page, business: Business, sent: str) -> None:
    page.get_by_test_id("open-panel").tap()
    expect(page.get_by_test_id("panel-flows")).to_be_visible()
    page.get_by_test_id("panel-flows").locator("summary").tap()
    page.locator(f"#flow-{sent}").focus()
    page.locator(f"#flow-{sent}").select_option("THROTTLED")
    expect(page.locator(f"#flow-{sent}")).to_be_focused()
    assert business.facts(sent)["status"] == "THROTTLED"
    page.get_by_test_id("panel-counters").locator("summary").tap()
    expect(page.get_by_test_id("panel-counters")).to_contain_text("messages_in")


CLOCK = {"now": 1_764_000_000.0, "rate": 1, "planned": 0}
FAULT = {"id": 7, "kind": "server_error", "rate": 0.1}
ANSWERS: dict[str, Any] = {
    "clock": CLOCK,
    "faults": [FAULT],
    "settings": {"window": True, "number_rate": 0, "webhook_url": None},
    "templates": [{"id": "1", "name": "recordatorio", "language": "es_MX", "status": "APPROVED"}],
    "load": {"finished": 3},
}


def test_the_controls_ask_for_what_is_touched(page: Page) -> None:
    """The other half of the control API is played here by the browser itself."""
    asked: list[tuple[str, str, Any]] = []

    def played(name: str) -> Callable[[Route], None]:
        def play(route: Route) -> None:
            request = route.request
            if request.method != "GET":
                asked.append((request.method, request.url.rpartition("/control/")[2], request.post_data_json))
            route.fulfill(json=ANSWERS[name])

        return play

    for name in ANSWERS:
        page.route(f"**/control/{name}", played(name))
        page.route(f"**/control/{name}?*", played(name))
        page.route(f"**/control/{name}/*", played(name))
    page.get_by_test_id("open-panel").tap()
    for name in ANSWERS:
        page.get_by_test_id(f"panel-{name}").locator("summary").click()
    page.locator("#advance-day").click()
    expect(page.locator("#advance-day")).to_be_focused()
    page.locator("#fault-slow").select_option("0.5")
    page.get_by_role("button", name="Quitar", exact=True).click()
    page.get_by_label("window").uncheck()
    page.get_by_label("number_rate").fill("80")
    page.get_by_label("number_rate").press("Tab")
    page.locator("#template-1").select_option("PAUSED")
    page.get_by_role("button", name="Empezar").click()
    expect(page.get_by_test_id("panel-load")).to_contain_text('"finished": 3')
    page.wait_for_load_state("networkidle")
    load = asked.pop()
    assert (load[0], load[1], load[2]["people"]) == ("POST", "load", 100)
    assert asked == [
        ("POST", "clock", {"advance": 86400}),
        ("POST", "faults", {"kind": "slow", "rate": 0.5, "seconds": 2}),
        ("DELETE", "faults?id=7", None),
        ("PATCH", "settings", {"window": False}),
        ("PATCH", "settings", {"number_rate": 80}),
        ("PATCH", "templates/1", {"status": "PAUSED"}),
    ]
