"""Whole talks, word for word. To write them anew, and then read them: `WRITE_TALKS=1 pytest tests/talk`."""

import os
from pathlib import Path

import pytest
from tests.talk.transcript import play

TALKS = sorted((Path(__file__).parent / "talks").glob("*.txt"))


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.stem)
def test_the_talk_goes_word_for_word(talk: Path) -> None:
    written = talk.read_text("utf-8")
    played = play(written)
    if os.environ.get("WRITE_TALKS"):
        talk.write_text(played, "utf-8")
    else:
        assert played == written
