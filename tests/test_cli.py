"""The command: every error is one sentence that says what to do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def ventanilla(folder: Path, dsn: str, *words: str, **settings: str) -> tuple[int, str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")} | {
        "VENTANILLA_DEMO": "1",
        "VENTANILLA_DATA_DIR": str(folder),
        "VENTANILLA_DATABASE_URL": dsn,
        "COLUMNS": "200",
        **{f"VENTANILLA_{name}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "ventanilla", *words]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
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
