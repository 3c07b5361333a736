"""The operator's privacy notice: one text by language, filled in from the settings, with its hash."""

import hashlib
from collections.abc import Mapping
from importlib.resources import files

from ventanilla.acts.house import NoticeText
from ventanilla.words import LANGUAGES, words


def notice_text(fields: Mapping[str, str], law: str, *, demo: bool) -> NoticeText:
    """`fields`: name, address, contact, unit, authority, basis and url."""
    sections = {}
    for language in LANGUAGES:
        template = files("ventanilla.data").joinpath(f"notice/{language}.md").read_text("utf-8")
        sample = words(language).text("notice-sample") if demo else ""
        filled = template.format(**fields, law=words(language).text(f"law-{law}"), demo=sample)
        sections[language] = _sections(filled)
    return NoticeText(_version(sections), sections)


def _sections(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for block in text.split("## ")[1:]:
        heading, *paragraphs = (line.strip() for line in block.splitlines())
        found.append((heading, tuple(p for p in paragraphs if p)))
    return tuple(found)


def _version(sections: Mapping[str, object]) -> str:
    """The hash covers what people are shown: the full text and the simplified one in the welcome."""
    simplified = [words(language).text("notice-simplified", name="") for language in LANGUAGES]
    return hashlib.sha256(repr((sorted(sections.items()), simplified)).encode()).hexdigest()[:16]
