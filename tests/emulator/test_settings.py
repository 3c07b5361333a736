"""Each setting is declared once: what can be changed while it runs, and every option of the command."""

from dataclasses import fields
from typing import Any

import pytest
from typer.testing import CliRunner

from whatsapp_emulator import Running, Settings
from whatsapp_emulator.cli import PREFIX, app, option_of, parameters
from whatsapp_emulator.config import LIVE, change, value_of
from whatsapp_emulator.testing import Person, call, choose, send, settle, stop_clock

TEXT = {"type": "text", "text": {"body": "Buenos días"}}


def test_every_setting_is_an_option_and_a_variable() -> None:
    given = {one.name: one.annotation.__metadata__[0] for one in parameters()}
    assert set(given) == {one.name for one in fields(Settings)}
    for name, option in given.items():
        assert option.envvar == PREFIX + name.upper()
        assert option.help
        assert option.default.startswith(option_of(name))


def test_settings_are_changed_while_it_runs(emulator: Running) -> None:
    path = f"{emulator.url}/control/settings"
    _, before = call("GET", path)
    status, after = call("PATCH", path, {"pair_rate": True, "read_delay": 3})
    assert set(before) == set(LIVE)
    assert status == 200
    assert after == {**before, "pair_rate": True, "read_delay": 3}


@pytest.mark.parametrize(
    "asked",
    [
        {"app_secret": "x"},
        {"mood": "good"},
        {"pair_rate": "yes"},
        {"duplicate_rate": 1.5},
        {"read_delay": -1},
        {"batch_max": 1001},
        {"batch_max": 0},
        {"window_refusal": "shout"},
        [],
    ],
)
def test_a_wrong_setting_changes_nothing(emulator: Running, asked: Any) -> None:
    path = f"{emulator.url}/control/settings"
    _, before = call("GET", path)
    status, answer = call("PATCH", path, {"drop_status": 0.5, **asked} if isinstance(asked, dict) else asked)
    assert status == 422
    assert answer["error"]
    assert call("GET", path)[1] == before


def test_no_secret_is_told(emulator: Running) -> None:
    told = call("GET", f"{emulator.url}/control/settings")[1]
    assert not {"app_secret", "access_token", "verify_token"} & set(told)


def test_a_change_is_made_of_whole_values() -> None:
    settings = Settings(app_secret="a", access_token="b")
    change(settings, {"sent_delay": 2, "window": False})
    assert (settings.sent_delay, settings.window) == (2.0, False)
    assert value_of("webhook_url", None) is None


def test_the_command_lists_them() -> None:
    result = CliRunner().invoke(app, ["settings"])
    assert result.exit_code == 0
    assert "| `read_delay` | ● | `0.0` |" in result.output


def test_a_wrong_option_is_said() -> None:
    result = CliRunner().invoke(app, ["--app-secret", "a", "--access-token", "b", "--reorder", "2"])
    assert result.exit_code == 2
    assert "reorder" in result.output


def test_rates_are_switched_while_it_runs(emulator: Running, ana: Person) -> None:
    def codes(count: int) -> list[int]:
        answers = [send(emulator, TEXT, ana.wa_id)[1] for _ in range(count)]
        return [answer["error"]["code"] for answer in answers if "error" in answer]

    stop_clock(emulator)
    ana.does(text="Hola")
    assert codes(50) == []
    choose(emulator, number_rate=2)
    assert codes(3) == [130429]
    choose(emulator, number_rate=0, pair_rate=True)
    assert codes(46) == [131056]
    settle(emulator, 6)
    assert codes(2) == [131056]
    choose(emulator, pair_rate=False)
    assert codes(50) == []
