"""The conversation in a terminal: a channel that prints, and what is typed as what a phone would send."""

from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from ventanilla.core.channel import Address
from ventanilla.talk.engine import Heard
from ventanilla.words.compose import Message, Row
from ventanilla.words.outgoing import Document, File, FormCall, Link, Outgoing, Picture, Pin, TemplateCall
from ventanilla.words.templates import as_message


@dataclass(slots=True)
class Terminal:
    """Papers are saved into `folder`; what can be tapped is numbered."""

    console: Console
    folder: Path
    rows: tuple[Row, ...] = ()
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def send(self, to: Address, what: Outgoing, reference: str) -> str:
        match what:
            case Message():
                self._show(what)
            case Picture() | Document():
                self.console.print(f"📄 {escape(what.caption)}\n   {escape(what.media)}\n")
            case Link():
                self.console.print(f"{escape(what.body)}\n  [link]{escape(what.url)}[/link]\n")
            case FormCall():
                # No form in a terminal: as its words say, whoever writes goes on in the chat.
                self.console.print(
                    f"[bold cyan]{escape(what.body)}[/]\n  [dim]\\[{escape(what.button)}][/]\n"
                )
            case Pin():
                self.console.print(f"📍 {escape(what.name)} {what.latitude}, {what.longitude}\n")
            case TemplateCall():
                self._show(as_message(what))
        return f"terminal-{next(self._numbers)}"

    def heard(self, line: str) -> Heard:
        """A number taps what stands beside it; anything else is text."""
        if line.isdigit() and 1 <= int(line) <= len(self.rows):
            row = self.rows[int(line) - 1]
            return Heard("choice", row.title, row.id)
        return Heard("text", line)

    def _show(self, message: Message) -> None:
        self.rows = (*message.buttons, *(row for _, rows in message.sections for row in rows))
        self.console.print(f"[bold cyan]{escape(message.body)}[/]")
        for number, row in enumerate(self.rows, 1):
            about = f"  [dim]{escape(row.description)}[/]" if row.description else ""
            self.console.print(f"  [bold]{number}[/] {escape(row.title)}{about}")
        self.console.print()

    async def attend(self, wamid: str) -> None:
        """Whoever sits at a terminal sees that it works."""

    async def upload(self, file: File) -> str:
        """Saved where the person can open it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{next(self._numbers)}-{Path(file.name).name}"
        path.write_bytes(file.content)
        return str(path)
