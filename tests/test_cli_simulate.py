"""`ventanilla simulate`: a report, or one sentence that says what to do."""

from pathlib import Path

import pytest
from tests.test_cli import ventanilla

pytestmark = pytest.mark.slow


def simulate(folder: Path, *words: str) -> tuple[int, str, str]:
    return ventanilla(folder, "", "simulate", *words)


def test_a_report_is_written_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "policies.html"
    code, said, _ = simulate(tmp_path, "--people", "300", "--out", str(out), "--language", "en")
    assert code == 0
    assert f"Report in {out}" in said
    assert "Does resale pay?" in out.read_text("utf-8")
    first = out.read_bytes()
    simulate(tmp_path, "--people", "300", "--out", str(out), "--language", "en")
    assert out.read_bytes() == first
    simulate(tmp_path, "--people", "300", "--out", str(out))
    assert "¿Conviene revender?" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--people", "10"), "--people is 10. Give a number from 200 to 1,000,000."),
        (("--resellers", "11"), "--resellers is 11. Give a number from 0 to 10."),
        (("--scarcity", "0"), "--scarcity is 0. Give requests per place, from 0.5 to 5.0."),
        (("--scarcity", "nan"), "--scarcity is nan. Give requests per place, from 0.5 to 5.0."),
        (("--out", "no/such/report.html"), "There is no folder no/such."),
        (("--people", "200", "--out", "."), ". is a folder."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, _, told = simulate(tmp_path, *words)
    assert code == 1
    assert said in told
    assert "Traceback" not in told
