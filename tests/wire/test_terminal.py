"""A template in the terminal reads as on a phone, and its buttons are numbered."""

from pathlib import Path

import pytest
from rich.console import Console

from ventanilla.core.channel import Address
from ventanilla.core.templates import TEMPLATES
from ventanilla.wire.terminal import Terminal
from ventanilla.words import words
from ventanilla.words.templates import compose_template

pytestmark = pytest.mark.anyio


async def test_a_template_is_shown_whole_and_can_be_answered(tmp_path: Path) -> None:
    console = Console(record=True, width=200)
    terminal = Terminal(console, tmp_path)
    values = TEMPLATES["recordatorio_cita"].values
    call = compose_template("recordatorio_cita", words("es"), values, "17")
    await terminal.send(Address("phone", "0"), call, "1")
    shown = console.export_text()
    assert "Tu cita se acerca" in shown
    assert "PA-ABC-2345" in shown
    assert "La cita es gratis" in shown
    assert "3 Cancelar" in shown
    assert terminal.heard("3").choice == "reminder:cancel:17"
