"""Before anything personal: who this is, that it is free, only written text, and the notice."""

from dataclasses import replace

from ventanilla.talk.engine import Choice, Do, Hand, Heard, Phrase, Say, Talk, Turn
from ventanilla.talk.facts import Facts

_LONGEST_WISH = 500
_CHOICES = tuple(Choice(v, Phrase(f"choice-notice-{v}")) for v in ("accept", "decline", "read"))


def must_accept(talk: Talk, facts: Facts) -> bool:
    return talk.consent != facts.world.institution.notice_hash


def decision(heard: Heard, facts: Facts) -> str | None:
    """`accept`, `decline` or `read`, tapped or written as a whole, in any language."""
    tapped = heard.for_ask("notice")
    if tapped is not None:
        return tapped
    replies = (words.reply("notice", heard.text) for words in facts.world.vocabularies.values())
    return next((reply for reply in replies if reply), None)


def accept(talk: Talk, facts: Facts) -> Talk:
    return replace(talk, consent=facts.world.institution.notice_hash, wanted="")


def accepted(facts: Facts) -> Do:
    return Do("consent", {"notice": facts.world.institution.notice_hash})


def decline(talk: Talk, facts: Facts) -> Turn:
    told = Say((Phrase("declined", _phone(facts)),), _CHOICES[:1], "notice")
    return Turn(talk, (told,), (Do("decline"),))


def withdraw(talk: Talk, facts: Facts) -> Turn:
    """No acepto, tapped after all: nothing more is done with what was given."""
    kept = replace(talk, consent="", wanted="", at_menu=False, frames=())
    told = Say((Phrase("withdrawn", _phone(facts)),), _CHOICES[:1], "notice")
    return Turn(kept, (told,), (Do("decline"), Do("let-go")))


def _phone(facts: Facts) -> dict[str, str]:
    return {"phone": facts.world.institution.official_phone}


def read_in_full(talk: Talk, facts: Facts) -> Turn:
    say = Say(
        (Phrase("notice-in-full", {"url": facts.world.institution.notice_url}),), _CHOICES[:2], "notice"
    )
    return Turn(talk, (Hand("notice", {}), say))


def show(talk: Talk, heard: Heard, facts: Facts) -> Turn:
    """The one answer to a first message; what it wanted is kept for after acceptance."""
    version = facts.world.institution.notice_hash
    wants = (
        heard.kind == "text" and not talk.wanted and facts.world.vocabularies[talk.language].wish(heard.text)
    )
    kept = replace(talk, wanted=heard.text[:_LONGEST_WISH]) if wants else talk
    before = (Phrase("only-text"),) if heard.kind == "media" else ()
    if talk.consent:
        before = (*before, Phrase("notice-changed"))
    notice = _reminder(facts) if talk.shown == version else _welcome(facts)
    return Turn(replace(kept, shown=version), (Say((*before, notice), _CHOICES, "notice"),))


def _welcome(facts: Facts) -> Phrase:
    institution = facts.world.institution
    demo = "yes" if institution.demo else "no"
    return Phrase("welcome", {"name": institution.name, "demo": demo, "url": institution.notice_url})


def _reminder(facts: Facts) -> Phrase:
    """Whoever has the notice above needs no second copy of it."""
    return Phrase("notice-again", {"url": facts.world.institution.notice_url})
