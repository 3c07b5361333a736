"""On a machine where something is missing, set-up says what to install."""

import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment whose PATH holds only what every system has: no Python, no browser, no apt."""
    for name in ("id", "uname", "rm", "sh"):
        found = shutil.which(name)
        assert found
        (tmp_path / name).symlink_to(found)
    return {"PATH": str(tmp_path), "HOME": str(tmp_path)}


def program(env: dict[str, str], name: str, *lines: str) -> None:
    path = Path(env["PATH"]) / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


def run(env: dict[str, str], name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["/bin/sh", str(TOOLS / name), *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_without_python_one_sentence_says_what_to_install(bare: dict[str, str], tmp_path: Path) -> None:
    done = run(bare, "install.sh", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11, 3.12 or 3.13 is needed.")
    assert not (tmp_path / "venv").exists()


def test_a_python_that_makes_no_environments_is_named_with_its_package(
    bare: dict[str, str], tmp_path: Path
) -> None:
    answers = ("*ensurepip*) exit 1;;", "*print*) echo python3.11-venv;;")
    python = f'case "$2" in {" ".join(answers)} esac'
    program(bare, "python3.11", python)
    done = run(bare, "install.sh", str(tmp_path / "venv"))
    assert done.returncode == 1
    assert "sudo apt install python3.11-venv" in done.stderr


def test_a_browser_that_is_there_is_used(bare: dict[str, str]) -> None:
    program(bare, "chromium-browser")
    done = run(bare, "browser.sh")
    assert done.stdout.strip() == f"{bare['PATH']}/chromium-browser"


def test_a_browser_of_ones_own_goes_first(bare: dict[str, str]) -> None:
    program(bare, "chromium")
    program(bare, "mine")
    done = run({**bare, "CHROMIUM": f"{bare['PATH']}/mine"}, "browser.sh")
    assert done.stdout.strip() == f"{bare['PATH']}/mine"


def test_without_a_browser_one_sentence_says_what_to_install(bare: dict[str, str]) -> None:
    done = run(bare, "browser.sh")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Install one (" in done.stderr
