"""The screens of a Flow JSON as a tree: components inside components, and what a reference points to. Pure.

Nothing here relies on the JSON being right: it serves the checks as well as the phone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whatsapp_emulator.flow_components import COMPONENTS, Version
from whatsapp_emulator.flow_expressions import references
from whatsapp_emulator.flow_text import Path

JSON = dict[str, Any]
CHILDREN: Path = ("layout", "children")


def dict_of(value: Any) -> JSON:
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def branches(component: JSON) -> Iterator[tuple[Path, Any]]:
    """The lists of components inside one: of a Form all, of an If or a Switch the one or the other."""
    match component.get("type"):
        case "Form":
            yield ("children",), component.get("children")
        case "If":
            yield from (((key,), component[key]) for key in ("then", "else") if key in component)
        case "Switch":
            yield from ((("cases", case), inner) for case, inner in dict_of(component.get("cases")).items())


def walk(children: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every component with its path, the outer ones first."""
    for n, child in enumerate(list_of(children)):
        yield (*path, n), child
        for key, inner in branches(dict_of(child)):
            yield from walk(inner, (*path, n, *key))


def components(screen: JSON, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    return walk(dict_of(screen.get("layout")).get("children"), (*path, *CHILDREN))


def inputs(screen: JSON) -> dict[str, str]:
    """The JSON type of what each named component gives."""
    found = {}
    for _, component in components(screen):
        kind = COMPONENTS.get(str(dict_of(component).get("type")))
        if kind and kind.gives and isinstance(component.get("name"), str):
            found[component["name"]] = kind.gives
    return found


def footers(children: Any) -> tuple[int, int]:
    """The fewest and the most that can be shown at once."""
    least = most = 0
    for child in map(dict_of, list_of(children)):
        kind = child.get("type")
        inner = [footers(one) for _, one in branches(child)]
        if kind == "If" and "else" not in child:
            inner.append((0, 0))
        least += (kind == "Footer") + min((few for few, _ in inner), default=0)
        most += (kind == "Footer") + max((many for _, many in inner), default=0)
    return least, most


def references_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from references(value)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from references_in(one)


@dataclass(frozen=True, slots=True)
class Tree:
    """A Flow JSON whose version and screens have at least the right shape."""

    version: Version
    screens: dict[str, JSON]
    has_endpoint: bool

    def type_of(self, reference: str, screen: JSON) -> str:
        """The JSON type a reference on this screen gives. Raises LookupError when there is no such thing."""
        match reference.split("."):
            case ["screen", other, ("data" | "form"), *_] as parts if other in self.screens:
                return self.type_of(".".join(parts[2:]), self.screens[other])
            case ["form", name]:
                return inputs(screen)[name]
            case ["data", name, *rest]:
                schema = dict_of(dict_of(screen.get("data"))[name])
                for key in rest:
                    schema = dict_of(dict_of(schema.get("properties"))[key])
                return str(schema.get("type"))
        raise LookupError(reference)

    def routes(self, flow: JSON) -> dict[str, list[str]]:
        """From which screen to which: as declared, or else as the navigate actions go."""
        declared = flow.get("routing_model")
        if isinstance(declared, dict):
            return {str(key): [str(one) for one in list_of(targets)] for key, targets in declared.items()}
        return {key: list(dict.fromkeys(navigated(screen))) for key, screen in self.screens.items()}


def navigated(screen: JSON) -> Iterator[str]:
    for _, component in components(screen):
        for value in dict_of(component).values():
            if isinstance(value, dict) and value.get("name") == "navigate":
                yield str(dict_of(value.get("next")).get("name"))
