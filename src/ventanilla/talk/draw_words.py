"""What a draw's result says; the taps are answered in talk/draw.py."""

from collections.abc import Mapping
from typing import Any

from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.engine import Choice, Phrase, Say


def won(offer_id: int, args: Mapping[str, Any]) -> Say:
    take = Choice(f"take:{offer_id}", Phrase("choice-draw-take"))
    decline = Choice(f"decline:{offer_id}", Phrase("choice-draw-decline"))
    return Say((Phrase("draw-won", args),), (take, decline), "draw")


def lost(args: Mapping[str, Any]) -> Say:
    return Say((Phrase("draw-lost", args),), MENU_BACK, "menu")
