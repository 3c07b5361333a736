import os
import re
import signal
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from whatsapp_emulator import Running
from whatsapp_emulator.cli import app
from whatsapp_emulator.testing import call


def test_the_secrets_are_asked_for() -> None:
    result = CliRunner().invoke(app, [], env={"WHATSAPP_EMULATOR_ACCESS_TOKEN": "a"})
    assert result.exit_code == 2
    assert "--app-secret" in result.output


@pytest.mark.slow
def test_the_command_says_where_it_listens_and_ends_when_asked() -> None:
    variables = {"APP_SECRET": "a", "ACCESS_TOKEN": "b", "PORT": "0", "BUSINESS_NAME": "Consulado de muestra"}
    environment = {**os.environ, **{f"WHATSAPP_EMULATOR_{key}": value for key, value in variables.items()}}
    with subprocess.Popen(
        [sys.executable, "-m", "whatsapp_emulator"], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        found = re.fullmatch(r"WhatsApp emulator on (http://127\.0\.0\.1:\d+)/\n", line)
        assert found
        try:
            status, business = call("GET", f"{found[1]}/control/business")
        finally:
            process.send_signal(signal.SIGTERM)
        process.wait(10)
    assert (status, business["name"]) == (200, "Consulado de muestra")


def test_a_running_emulator_is_controlled_from_the_command_line(emulator: Running) -> None:
    def asks(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["control", *words, "--url", emulator.url])
        return result.exit_code, result.output

    assert asks("settings", '{"pair_rate": true}', "--method", "patch")[0] == 0
    assert '"pair_rate":true' in asks("settings")[1]
    assert asks("faults", '{"kind": "slow", "seconds": 1, "next": 2}')[0] == 0
    assert '"slow"' in asks("faults")[1]
    code, said = asks("faults", '{"kind": "earthquake"}')
    assert (code, "error" in said) == (1, True)
    assert asks("faults", "--method", "delete")[0] == 0


def test_where_no_emulator_runs_the_command_says_so() -> None:
    result = CliRunner().invoke(app, ["control", "clock", "--url", "http://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "Start it" in result.output
