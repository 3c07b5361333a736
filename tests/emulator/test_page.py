"""The chat page in a real Chromium, with a small bot on the other side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Route as PageRoute
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from whatsapp_emulator import Running, Settings, samples, serve
from whatsapp_emulator.serve import listening, serve_app
from whatsapp_emulator.testing import Person, call, fetch, wait_until

pytestmark = pytest.mark.slow
BUTTONS = [{"type": "reply", "reply": {"id": name, "title": name.title()}} for name in ("imagen", "papel")]
SECTIONS = [
    {"title": "Cerca", "rows": [{"id": "xalapa", "title": "Xalapa", "description": "Centro"}]},
    {"title": "Lejos", "rows": [{"id": "tuxpan", "title": "Tuxpan"}]},
]
FORMATTED = "*Hola* _tú_ ~no~ ```A-1```\nhttps://example.org/a. 3*4*5 <b>x</b>"


@dataclass(slots=True)
class Bot:
    """Answers each word with another kind of message, and echoes the rest."""

    graph: str = ""
    token: str = "access token"

    async def receive(self, request: Request) -> Response:
        body = msgspec.json.decode(await request.body())
        for change in body["entry"][0]["changes"]:
            for message in change["value"].get("messages", ()):
                self.answer(message)
        return Response()

    def answer(self, message: dict[str, Any]) -> None:
        self.post({"status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"}})
        said = self.said(message)
        kind, content = self.contents().get(said, ("text", {"body": f"Dijiste: {said}"}))
        if kind in ("image", "document"):
            content = {**content, "id": self.upload(kind)}
        self.post({"to": message["from"], "type": kind, kind: content})

    def said(self, message: dict[str, Any]) -> str:
        if message["type"] == "interactive":
            reply = message["interactive"][message["interactive"]["type"]]
            return str(reply["id"])
        return str(message.get("text", {}).get("body", message["type"]))

    def contents(self) -> dict[str, tuple[str, dict[str, Any]]]:
        body = {"text": "Elige"}
        choose = {"type": "button", "body": body, "action": {"buttons": BUTTONS}}
        listed = {"type": "list", "body": body, "action": {"button": "Ver oficinas", "sections": SECTIONS}}
        link = {"name": "cta_url", "parameters": {"display_text": "Abrir", "url": "https://example.org/"}}
        return {
            "botones": ("interactive", choose),
            "lista": ("interactive", listed),
            "enlace": ("interactive", {"type": "cta_url", "body": body, "action": link}),
            "imagen": ("image", {"caption": "Un sol"}),
            "papel": ("document", {"filename": "Hoja de ayuda.pdf"}),
            "formato": ("text", {"body": FORMATTED}),
        }

    def upload(self, kind: str) -> str:
        mime, data = {
            "image": ("image/png", samples.picture()),
            "document": ("application/pdf", samples.paper()),
        }[kind]
        disposition = b"Content-Disposition: form-data; name="
        body = (
            b"--edge\r\n" + disposition + b'"messaging_product"\r\n\r\nwhatsapp\r\n'
            b"--edge\r\n" + disposition + b'"file"; filename="a"\r\nContent-Type: ' + mime.encode()
        )
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "multipart/form-data; boundary=edge",
        }
        _, answer = fetch(
            "POST", f"{self.graph}/media", body + b"\r\n\r\n" + data + b"\r\n--edge--\r\n", headers
        )
        media_id: str = msgspec.json.decode(answer)["id"]
        return media_id

    def post(self, content: dict[str, Any]) -> None:
        status, answer = call(
            "POST", f"{self.graph}/messages", {"messaging_product": "whatsapp", **content}, self.token
        )
        assert status == 200, answer


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    bot = Bot()
    with serve_app(Starlette(routes=[Route("/", bot.receive, methods=["POST"])])) as bot_url:
        settings = Settings(app_secret="a", access_token=bot.token, port=0, webhook_url=bot_url)
        with serve(settings) as running:
            bot.graph = f"{running.url}/v26.0/{settings.phone_number_id}"
            yield running


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """An empty conversation on a small screen; anything in the console is a failure."""
    call("POST", f"{running.url}/control/reset")
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale="es-MX")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{running.url}/")
    page.wait_for_selector("body[data-ready]")
    yield page
    context.close()
    assert complaints == []


def say(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def answers(page: Page, kind: str = "text") -> Any:
    return page.locator(f"[data-testid=message][data-direction=out][data-type={kind}]")


def test_what_is_written_is_answered_and_read(page: Page, running: Running) -> None:
    page.get_by_test_id("composer").fill("Buenos días")
    page.keyboard.press("Enter")
    expect(answers(page)).to_contain_text("Dijiste: Buenos días")
    mine = page.locator("[data-testid=message][data-direction=in]")
    expect(mine).to_have_attribute("data-status", "read")
    expect(mine).to_contain_text("Leído")
    expect(answers(page)).to_have_attribute("data-status", "read")
    entries = Person(running.url).sees()
    assert [entry["status"] for entry in entries] == ["read", "read"]


def test_a_button_brings_a_picture_that_can_be_enlarged(page: Page) -> None:
    say(page, "botones")
    page.get_by_test_id("reply-button").first.click()
    picture = answers(page, "image").get_by_role("img", name="Un sol")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == samples.SIDE
    picture.click()
    expect(page.locator("#picture")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#picture")).to_be_hidden()


def test_a_status_heard_before_its_message_is_drawn_is_not_lost(page: Page, running: Running) -> None:
    """The page gets the message as it was when it was only sent, after the news that it is read."""
    ana = Person(running.url)

    def slowly(route: PageRoute) -> None:
        wait_until(lambda: ana.sees()[0]["status"] == "read")
        entries = route.fetch().json()
        route.fulfill(json=[{**entries[0], "status": "sent"}, *entries[1:]])

    page.route("**/messages?after=0", slowly)
    say(page, "Hola")
    expect(page.locator("[data-testid=message][data-direction=in]")).to_have_attribute("data-status", "read")


def test_a_row_is_chosen_with_the_keyboard_alone(page: Page, running: Running) -> None:
    say(page, "lista")
    opener = page.get_by_test_id("list-open")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("list-send")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(answers(page)).to_contain_text("Dijiste: tuxpan")


def test_a_row_is_chosen_by_touch(page: Page) -> None:
    say(page, "lista")
    page.get_by_test_id("list-open").click()
    page.get_by_test_id("list-row").filter(has_text="Xalapa").click()
    page.get_by_test_id("list-send").click()
    expect(answers(page)).to_contain_text("Dijiste: xalapa")


def test_a_paper_opens_in_another_tab(page: Page) -> None:
    say(page, "papel")
    link = answers(page, "document").get_by_role("link", name="Hoja de ayuda.pdf")
    expect(link).to_have_attribute("target", "_blank")
    answer = page.request.get(str(link.evaluate("link => link.href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body() == samples.paper()
    with page.context.expect_page() as opened:
        link.click()
    opened.value.close()


def test_marks_and_links_are_shown_and_markup_is_not(page: Page) -> None:
    say(page, "formato")
    text = answers(page).locator(".text")
    expect(text.locator("strong")).to_have_text("Hola")
    expect(text.locator("em")).to_have_text("tú")
    expect(text.locator("s")).to_have_text("no")
    expect(text.locator("code")).to_have_text("A-1")
    expect(text.locator("a")).to_have_attribute("href", "https://example.org/a")
    expect(text).to_contain_text("3*4*5 <b>x</b>")


def test_a_link_button_opens_elsewhere(page: Page) -> None:
    say(page, "enlace")
    link = answers(page, "interactive").get_by_role("link")
    expect(link).to_have_attribute("href", "https://example.org/")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("kind", ["image", "audio", "sticker", "document", "location", "contacts"])
def test_samples_are_sent_from_the_menu(page: Page, kind: str) -> None:
    page.get_by_test_id("attach").click()
    page.locator(f"[data-send={kind}]").click()
    expect(page.locator(f"[data-direction=in][data-type={kind}]")).to_be_visible()
    expect(answers(page)).to_contain_text(f"Dijiste: {kind}")


def test_another_phone_has_its_own_conversation(page: Page, running: Running) -> None:
    say(page, "uno")
    expect(page.get_by_test_id("message")).to_have_count(2)
    page.get_by_test_id("add-phone").click()
    page.get_by_test_id("new-number").fill("5215587654321")
    page.get_by_test_id("new-name").fill("Segunda muestra")
    page.get_by_test_id("new-save").click()
    expect(page.get_by_test_id("message")).to_have_count(0)
    Person(running.url).does(text="mientras tanto")
    first = page.get_by_test_id("phone").first
    expect(first).to_contain_text("sin leer")
    first.click()
    expect(page.get_by_test_id("message")).to_have_count(4)


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    say(page, "a" * 300)
    expect(answers(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_english_is_there(page: Page, running: Running) -> None:
    page.goto(f"{running.url}/?lang=en")
    expect(page.get_by_label("Write a message")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_an_open_page_does_not_hold_up_the_end(browser: Browser) -> None:
    listener = listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    listener.close()
    page = browser.new_page()
    with serve(Settings(app_secret="a", access_token="b", port=port)) as running:
        page.goto(running.url)
        page.wait_for_selector("body[data-ready]")
    with serve(Settings(app_secret="a", access_token="b", port=port)) as running:
        Person(running.url).does(text="después")
        expect(page.get_by_test_id("message")).to_contain_text("después")
    page.close()
