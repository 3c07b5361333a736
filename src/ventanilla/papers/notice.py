"""The full privacy notice (aviso de privacidad integral) on paper."""

from dataclasses import dataclass

from ventanilla.papers.case import Language, Say
from ventanilla.papers.typeset import typeset


@dataclass(frozen=True, slots=True)
class NoticeSection:
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """The operator's text; `version` as the operator counts it ("2026-11-01")."""

    language: Language
    institution: str
    title: str
    version: str
    sections: tuple[NoticeSection, ...]
    demo: bool


def privacy_notice(notice: Notice, say: Say) -> bytes:
    return typeset(
        "notice",
        {
            "language": notice.language,
            "title": notice.title,
            "institution": notice.institution,
            "version": say("paper-notice-version", {"version": notice.version}),
            "demo": say("paper-demo", {}) if notice.demo else "",
            "sections": [
                {"heading": section.heading, "paragraphs": section.paragraphs} for section in notice.sections
            ],
        },
    )
