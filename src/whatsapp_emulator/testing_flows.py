"""For tests of a business: a person with a form open."""

from dataclasses import dataclass, field
from typing import Any

from whatsapp_emulator.testing import Person, call


@dataclass(slots=True)
class Form:
    """`Form(person).opens()`, then `.fills(day="2026-12-01")`, `.submits()`; each gives the form itself.

    ValueError when a finger could not do that. What the person has before them is in the properties.
    """

    person: Person
    facts: dict[str, Any] = field(default_factory=dict)

    def opens(self, wamid: str | None = None) -> "Form":
        """Taps the button of that message, or of the newest one with a form."""
        return self._does(open=wamid or self._newest())

    def fills(self, **values: Any) -> "Form":
        return self._does(fill=values)

    def submits(self) -> "Form":
        return self._does(submit=True)

    def follows(self, link: str) -> "Form":
        return self._does(link=link)

    def backs(self) -> "Form":
        return self._does(back=True)

    def closes(self) -> "Form":
        return self._does(close=True)

    @property
    def state(self) -> str:
        """open, closed or done."""
        return str(self.facts["state"])

    @property
    def problem(self) -> str | None:
        """What the phone itself says, as a code; None when there is nothing."""
        return self.facts["problem"]  # type: ignore[no-any-return]

    @property
    def message(self) -> str | None:
        """What the business says: an error_message, or the words of a 427."""
        return self.facts["message"]  # type: ignore[no-any-return]

    @property
    def screen(self) -> str | None:
        """The id of the screen in sight; None when the form is not open."""
        shown = self.facts["screen"]
        return str(shown["id"]) if shown else None

    @property
    def components(self) -> list[dict[str, Any]]:
        return self.facts["screen"]["components"] if self.facts["screen"] else []

    @property
    def texts(self) -> list[str]:
        """What can be read on the screen without touching anything, from top to bottom."""
        shown = (one.get("text") for one in self.components)
        return [line for text in shown if text for line in (text if isinstance(text, list) else [text])]

    @property
    def errors(self) -> dict[str, str]:
        return {one["name"]: one["error"] for one in self.components if "error" in one}

    def component(self, name: str) -> dict[str, Any]:
        """Raises KeyError when it is not in sight."""
        found = next((one for one in self.components if one.get("name") == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def options(self, name: str) -> list[str]:
        """The ids one can choose."""
        return [one["id"] for one in self.component(name)["data-source"] if one.get("enabled", True)]

    def _does(self, **action: Any) -> "Form":
        url = f"{self.person.url}/control/phones/{self.person.wa_id}/flow"
        status, answer = call("POST", url, action)
        if status != 200:
            raise ValueError(answer["error"])
        self.facts = answer
        return self

    def _newest(self) -> str:
        for entry in reversed(self.person.sees()):
            content = entry["payload"].get("interactive", {})
            if entry["direction"] == "out" and content.get("type") == "flow":
                return str(entry["wamid"])
        raise ValueError("this phone has no message with a form")
