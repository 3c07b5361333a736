"""Typst: a template and its data -> an accessible PDF (PDF/UA-1 and PDF/A-2b).

What people typed reaches a template only as data, so it is never read as markup.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Lock

import font_roboto
import font_source_sans_pro
import typst

from ventanilla.papers.printable import Json, all_printable

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class _Press:
    compiler: typst.Compiler
    lock: Lock = field(default_factory=Lock)
    """A Typst compiler refuses a second caller while it works."""


def typeset(template: str, texts: Mapping[str, Json], pictures: Mapping[str, str] | None = None) -> bytes:
    """`texts` are made printable; `pictures` are SVG sources by name, taken as they are."""
    press = _press(template)
    inputs = {
        "texts": json.dumps(all_printable(texts), ensure_ascii=False),
        "pictures": json.dumps(dict(pictures or {})),
    }
    with press.lock:
        pdf = press.compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1", "a-2b"])
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template} gave no PDF")
    return pdf


@cache
def _fonts() -> typst.Fonts:
    folders = [font_source_sans_pro.font_directory, font_roboto.font_directory]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)


@cache
def _press(template: str) -> _Press:
    """Kept: a fresh compiler would read fonts and template again for every paper."""
    source = _TEMPLATES / f"{template}.typ"
    return _Press(typst.Compiler(source, root=_TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True))
