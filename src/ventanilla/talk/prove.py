"""An appointment made from another phone: nothing of it is shown before its folio and CURP are given."""

from ventanilla.core.folio import read_folio
from ventanilla.talk.confirm import MENU_BACK
from ventanilla.talk.engine import Ask, Heard, Phrase, Say, Scene, Step, Unreadable, Value
from ventanilla.talk.facts import ProofsLeft, Prove
from ventanilla.talk.mine import OTHER
from ventanilla.talk.person import WHO

_CURP = next(ask for ask in WHO if ask.name == "curp")


def _proving(scene: Scene) -> bool:
    return scene.answers.get("appointment") == OTHER


def _read_folio(heard: Heard, scene: Scene) -> Value | Unreadable:
    return read_folio(heard.text) or Unreadable(Phrase("bad-folio"))


def _tried(scene: Scene, value: Value) -> Step:
    """One answer for every failure: not even that there is such a folio is told."""
    found = scene.facts.get(Prove(scene.answers["folio"], value))
    if found is not None:
        return Step(forget=("folio", "proof"), give={"appointment": str(found)})
    left = scene.facts.get(ProofsLeft())
    return Step(forget=("folio", "proof"), say=(Phrase("not-proved", {"left": left}),))


def no_more_tries(scene: Scene) -> Step:
    phone = scene.facts.world.institution.official_phone
    return Step(out=(Say((Phrase("no-more-proofs", {"phone": phone}),), MENU_BACK, "menu"),))


PROOF = (
    Ask("folio", _read_folio, applies=lambda s: _proving(s) and s.facts.get(ProofsLeft()) > 0),
    Ask("proof", _CURP.read, applies=lambda s: _proving(s) and "folio" in s.answers, then=_tried),
)
