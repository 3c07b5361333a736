"""The same booking clicked in a real Chromium on the chat page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright
from tests.e2e.program import CURP, NAME, running

pytestmark = pytest.mark.slow
_PHONE = ViewportSize(width=380, height=760)
_WAIT_MS = 20_000


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as play:
        executable = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        shown = browser.new_page(viewport=_PHONE, locale="es-MX")
        shown.set_default_timeout(_WAIT_MS)
        yield shown
        browser.close()


def writes(page: Page, text: str) -> None:
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()


def presses(page: Page, title: str) -> None:
    page.get_by_role("button", name=title, exact=True).last.click()


def chooses(page: Page, title: str) -> None:
    page.get_by_test_id("list-open").last.click()
    page.get_by_test_id("list-row").filter(has_text=title).first.click()
    page.get_by_test_id("list-send").click()


def sees(page: Page, text: str) -> None:
    expect(page.get_by_test_id("message").filter(has_text=text).last).to_be_visible(timeout=_WAIT_MS)


def test_a_booking_is_clicked_from_hello_to_the_papers(dsn: str, data_dir: Path, page: Page) -> None:
    with running(dsn, data_dir) as program:
        outside: list[str] = []
        page.on("request", lambda r: outside.append(r.url) if program.emulator_url not in r.url else None)
        page.goto(program.emulator_url)
        page.wait_for_selector("body[data-ready]")
        writes(page, "hola")
        sees(page, "Aviso de privacidad")
        presses(page, "Acepto")
        sees(page, "¿En qué te ayudo?")
        chooses(page, "Agendar cita")
        sees(page, "¿Para quién es la cita?")
        presses(page, "Para mí")
        sees(page, "¿Qué trámite necesitas?")
        chooses(page, "Primera vez")
        sees(page, "Son 18 letras")
        writes(page, CURP.replace("0", "O"))  # a typo
        sees(page, f"¿Será {CURP}?")
        presses(page, CURP)
        sees(page, "27 de abril de 1956")
        writes(page, NAME)
        sees(page, "identificación oficial")
        chooses(page, "INE")
        sees(page, "clave de elector")
        writes(page, "123456789")
        sees(page, "¿Por cuántos años")
        chooses(page, "10 años")
        sees(page, "correo electrónico")
        presses(page, "Sin correo")
        sees(page, "municipio o alcaldía")
        writes(page, "Coyoacan")
        sees(page, "oficinas más cercanas")
        chooses(page, "Coyoacán")
        sees(page, "día prefieres")
        writes(page, "el más pronto")
        sees(page, "hora local de la oficina")
        writes(page, "el primero")
        sees(page, "Revisa tu cita")
        presses(page, "Confirmar")
        sees(page, "¡Tu cita está confirmada!")
        sees(page, "Tríptico")
        assert page.locator("[data-testid=message][data-type=image][data-direction=out] img").count() == 3
        assert page.locator("[data-testid=message][data-type=document][data-direction=out]").count() == 2
        assert outside == []
