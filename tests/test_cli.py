"""The command: every error is one sentence that says what to do."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.e2e.program import free_port

from whatsapp_emulator.testing import Person, call, fetch, wait_until

pytestmark = pytest.mark.slow


def ventanilla(folder: Path, dsn: str, *words: str, typed: str = "", **settings: str) -> tuple[int, str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
        "VENTANILLA_DEMO": "1",
        "VENTANILLA_DATA_DIR": str(folder),
        "VENTANILLA_DATABASE_URL": dsn,
        "COLUMNS": "200",
        **{f"VENTANILLA_{name}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "ventanilla", *words]
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=90, check=False, input=typed
    )
    return done.returncode, done.stdout, done.stderr


def test_what_is_exported_can_be_imported(fresh_database_url: str, tmp_path: Path) -> None:
    code, offices, _ = ventanilla(tmp_path, fresh_database_url, "offices", "export")
    assert code == 0
    file = tmp_path / "offices.csv"
    file.write_text(offices, "utf-8")
    code, said, _ = ventanilla(tmp_path, fresh_database_url, "offices", "import", str(file))
    assert (code, said) == (0, "181 offices imported. Restart the program to use them.\n")
    assert ventanilla(tmp_path, fresh_database_url, "offices", "export")[1] == offices


def test_a_bad_file_of_offices_is_refused_whole_with_line_column_and_reason(
    fresh_database_url: str, tmp_path: Path
) -> None:
    _, offices, _ = ventanilla(tmp_path, fresh_database_url, "offices", "export")
    lines = offices.splitlines()
    lines[4] = lines[4].replace("Lun-Vie 08:00-15:00", "Lun 25-3")
    file = tmp_path / "bad.csv"
    file.write_text("\n".join([*lines[:9], lines[8]]), "utf-8")
    code, _, said = ventanilla(tmp_path, fresh_database_url, "offices", "import", str(file))
    assert code == 1
    assert "line 5, column hours" in said
    assert "line 10, column office_id" in said
    file.write_text("\n".join(lines[:4]), "utf-8")
    assert ventanilla(tmp_path, fresh_database_url, "offices", "import", str(file))[1].startswith("3 offices")


def test_a_bad_file_of_fees_stops_the_start_with_line_column_and_reason(
    fresh_database_url: str, tmp_path: Path
) -> None:
    fees = tmp_path / "fees.csv"
    fees.write_text(
        "year,validity_years,fee_mxn,discount50_mxn,emergency_mxn,source\n2027,3,many,,,\n", "utf-8"
    )
    words = ("places", "open", "--days", "1")
    code, _, said = ventanilla(tmp_path, fresh_database_url, *words, FEES_CSV=str(fees))
    assert code == 1
    assert "line 2, column fee_mxn: 'many' is not a whole number" in said


def test_a_file_of_fees_that_is_not_there_is_said_by_its_name(
    fresh_database_url: str, tmp_path: Path
) -> None:
    missing = str(tmp_path / "none.csv")
    words = ("places", "open", "--days", "1")
    code, _, said = ventanilla(tmp_path, fresh_database_url, *words, FEES_CSV=missing)
    assert code == 1
    assert "VENTANILLA_FEES_CSV names" in said
    assert "Traceback" not in said


def test_places_open_from_the_command_and_once(fresh_database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "offices.csv"
    file.write_text(ventanilla(tmp_path, fresh_database_url, "offices", "export")[1], "utf-8")
    assert ventanilla(tmp_path, fresh_database_url, "offices", "import", str(file))[0] == 0
    for expected in (True, False):
        code, said, shown = ventanilla(tmp_path, fresh_database_url, "places", "open", "--days", "4")
        assert code == 0
        assert (int(said.split()[0]) > 1000) is expected
        assert "161/161" in shown  # the progress
    assert ventanilla(tmp_path, fresh_database_url, "migrate")[1] == "Nothing to apply.\n"


def test_the_same_conversation_goes_on_in_the_terminal(fresh_database_url: str, tmp_path: Path) -> None:
    code, said, _ = ventanilla(tmp_path, fresh_database_url, "talk", typed="hola\n1\n1\n1\n")
    assert code == 0
    for part in ("Aviso de privacidad", "¿En qué te ayudo?", "¿Para quién es la cita?", "¿Qué trámite"):
        assert part in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_prints_two_addresses_answers_and_leaves_nothing_behind(
    tmp_path: Path, how: signal.Signals
) -> None:
    """Its own database and emulator, templates and a form: all that `make demo` starts."""
    port, chat_port = free_port(), free_port()
    env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
        "VENTANILLA_DATA_DIR": tempfile.mkdtemp(prefix="demo-"),
        "VENTANILLA_PORT": str(port),
    }
    command = [sys.executable, "-m", "ventanilla", "demo", "--emulator-port", str(chat_port)]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as demo:
        try:
            assert demo.stdout is not None
            shown = ""
            for line in demo.stdout:
                shown += line
                if "Ctrl+C" in line:
                    break
            assert f"http://127.0.0.1:{chat_port}/" in shown
            assert f"http://127.0.0.1:{port}/" in shown
            person = Person(f"http://127.0.0.1:{chat_port}")
            wait_until(lambda: _is_ready(port), 30)
            person.does(text="hola")
            (welcome,) = person.gets(1)
            assert "demostración" in welcome["payload"]["interactive"]["body"]["text"]
            wait_until(lambda: len(_published(chat_port)) == 2, 30)
            person.does(press="Acepto")
            (form,) = person.gets(1, after=welcome["n"])
            assert form["payload"]["interactive"]["type"] == "flow"
        finally:
            demo.send_signal(how)
            demo.wait(30)
    with pytest.raises(ConnectionRefusedError):
        fetch("GET", f"http://127.0.0.1:{chat_port}/control/business")
    assert not list(Path(env["VENTANILLA_DATA_DIR"]).rglob("postmaster.pid"))
    shutil.rmtree(env["VENTANILLA_DATA_DIR"])


def _published(chat_port: int) -> list[str]:
    """Of the forms, and no template that waits."""
    control = f"http://127.0.0.1:{chat_port}/control"
    templates = call("GET", f"{control}/templates")[1]
    if not templates or any(t["status"] != "APPROVED" for t in templates):
        return []
    return [flow["id"] for flow in call("GET", f"{control}/flows")[1] if flow["status"] == "PUBLISHED"]


def _is_ready(port: int) -> bool:
    try:
        return fetch("GET", f"http://127.0.0.1:{port}/readyz")[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"PROT": "1"}, "VENTANILLA_PROT is not a setting; did you mean VENTANILLA_PORT?"),
        ({"PORT": "many"}, "VENTANILLA_PORT must be"),
        ({"DEMO": "0"}, "VENTANILLA_SECRET_KEY is missing"),
    ],
)
def test_bad_settings_stop_the_start_with_a_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    code, _, said = ventanilla(tmp_path, "postgresql://localhost/x", "serve", **settings)
    assert code == 1
    assert sentence in said


def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path: Path) -> None:
    code, _, said = ventanilla(tmp_path, "postgresql://u@127.0.0.1:9/x", "migrate")
    assert code == 1
    assert "VENTANILLA_DATABASE_URL" in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_said_in_a_sentence(fresh_database_url: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, _, said = ventanilla(tmp_path, fresh_database_url, "serve", PORT=port)
    assert code == 1
    assert "choose another VENTANILLA_PORT" in said
    assert "Traceback" not in said


def test_check_shows_settings_without_secrets(fresh_database_url: str, tmp_path: Path) -> None:
    secret = "a secret of more than thirty-two letters"
    code, shown, _ = ventanilla(tmp_path, fresh_database_url, "check", SECRET_KEY=secret)
    assert code == 1  # no place is open yet
    assert secret not in shown
    assert "database: ok" in shown
    assert "ventanilla places open" in shown
