"""What Meta takes for a Flow JSON: versions 5.1 to 7.3, as far as forms for booking need it. Pure."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from whatsapp_emulator.flow_data import declared_faults
from whatsapp_emulator.flow_rules import components_wrong, keys_wrong
from whatsapp_emulator.flow_text import Path, Source, Wrong, not_json
from whatsapp_emulator.flow_tree import JSON, Tree, dict_of, footers, inputs, navigated

VERSIONS = {(5, 1), (6, 0), (6, 1), (6, 2), (6, 3), (7, 0), (7, 1), (7, 2), (7, 3)}
DATA_API_VERSIONS = ("3.0", "4.0")
BRANCHES_MAX = 10  # connections of the whole routing model
SUCCESS = "SUCCESS"  # what an endpoint answers to end a form: no screen may be called so
SCREEN_KEYS = ({"id", "layout"}, {"title", "terminal", "success", "data", "refresh_on_back", "sensitive"})


def validated(data: bytes) -> tuple[JSON | None, list[dict[str, Any]]]:
    """The Flow JSON when nothing is wrong with it, and what is wrong with it in Meta's shape."""
    try:
        source = Source(data)
    except ValueError as problem:
        return None, [not_json(problem)]
    wrongs = list(flow_wrong(source.value))
    return (None if wrongs else source.value), [source.error(wrong) for wrong in wrongs]


def flow_wrong(flow: Any) -> Iterator[Wrong]:
    if not isinstance(flow, dict):
        yield Wrong("INVALID_PROPERTY_TYPE", (), "A Flow JSON is an object.")
        return
    yield from keys_wrong(flow, {"version", "screens"}, {"data_api_version", "routing_model"}, ())
    version = version_of(flow.get("version"))
    if version not in VERSIONS:
        known = ", ".join(f"{major}.{minor}" for major, minor in sorted(VERSIONS))
        yield Wrong("INVALID_FLOW_JSON_VERSION", ("version",), f"The version must be one of {known}.")
        return
    if flow.get("data_api_version", "3.0") not in DATA_API_VERSIONS:
        message = f"The data_api_version must be one of {', '.join(DATA_API_VERSIONS)}."
        yield Wrong("INVALID_PROPERTY_VALUE", ("data_api_version",), message)
    screens = flow.get("screens")
    if not isinstance(screens, list) or not screens or not all(isinstance(one, dict) for one in screens):
        yield Wrong("INVALID_PROPERTY_TYPE", ("screens",), "At least one screen is needed, each an object.")
        return
    named = {str(screen.get("id")): screen for screen in screens}
    tree = Tree(version, named, "data_api_version" in flow)
    if len(named) < len(screens):
        yield Wrong("DUPLICATE_SCREEN_ID", ("screens",), "Two screens have the same id.")
    for n, screen in enumerate(screens):
        yield from screen_wrong(tree, screen, ("screens", n))
    yield from ends_wrong(screens)
    yield from routes_wrong(tree, flow)


def version_of(value: Any) -> tuple[int, int]:
    major, _, minor = str(value).partition(".")
    right = isinstance(value, str) and major.isdecimal() and minor.isdecimal()
    return (int(major), int(minor)) if right else (0, 0)


def screen_wrong(tree: Tree, screen: JSON, path: Path) -> Iterator[Wrong]:
    yield from keys_wrong(screen, *SCREEN_KEYS, path)
    name = screen.get("id")
    letters = isinstance(name, str) and name.isascii() and name.replace("_", "a").isalpha()
    if not letters or name == SUCCESS:
        message = f"The id must be letters and underscores, and not {SUCCESS}."
        yield Wrong("INVALID_SCREEN_ID", (*path, "id"), message)
    if not isinstance(screen.get("title", ""), str):
        yield Wrong("INVALID_PROPERTY_TYPE", (*path, "title"), "The title must be a string.")
    for key in ("terminal", "success", "refresh_on_back"):
        if not isinstance(screen.get(key, True), bool):
            yield Wrong("INVALID_PROPERTY_TYPE", (*path, key), f"The property '{key}' must be true or false.")
    if screen.get("refresh_on_back") and not tree.has_endpoint:
        message = "refresh_on_back needs a data_api_version and a routing_model."
        yield Wrong("INVALID_PROPERTY_VALUE", (*path, "refresh_on_back"), message)
    sensitive = screen.get("sensitive", [])
    if not isinstance(sensitive, list) or not set(map(str, sensitive)) <= inputs(screen).keys():
        message = "sensitive must list names of components of the screen."
        yield Wrong("INVALID_PROPERTY_VALUE", (*path, "sensitive"), message)
    data = screen.get("data", {})
    if not isinstance(data, dict):
        yield Wrong("INVALID_PROPERTY_TYPE", (*path, "data"), "data must be an object.")
    for key, schema in dict_of(data).items():
        yield from declared_faults(schema, (*path, "data", key))
    layout = dict_of(screen.get("layout"))
    if layout.get("type") != "SingleColumnLayout" or not isinstance(layout.get("children"), list):
        message = "The layout must be a SingleColumnLayout with children."
        yield Wrong("INVALID_PROPERTY_VALUE", (*path, "layout"), message)
    yield from components_wrong(tree, screen, path)


def ends_wrong(screens: list[JSON]) -> Iterator[Wrong]:
    """Where a form ends, and the one button at the foot of a screen."""
    last = [screen for screen in screens if screen.get("terminal") is True]
    if not any(screen.get("success", True) is True for screen in last):
        message = "At least one screen must be terminal, with success."
        yield Wrong("MISSING_TERMINAL_SCREEN", ("screens",), message)
    for n, screen in enumerate(screens):
        least, most = footers(dict_of(screen.get("layout")).get("children"))
        place = ("screens", n, "layout")
        if most > 1 or least < most:
            message = "A screen has at most one Footer; inside an If or a Switch every branch has it."
            yield Wrong("INVALID_FOOTER", place, message)
        elif screen in last and not least:
            yield Wrong("MISSING_FOOTER", place, "A terminal screen needs a Footer.")


def routes_wrong(tree: Tree, flow: JSON) -> Iterator[Wrong]:
    """Forward only: no circle, nothing to itself, and every way leads to a terminal screen."""

    def wrong(message: str) -> Wrong:
        return Wrong("INVALID_ROUTING_MODEL", ("routing_model",), message)

    declared = flow.get("routing_model")
    if declared is None and tree.has_endpoint:
        yield wrong("A Flow with an endpoint needs a routing_model.")
        return
    routes = tree.routes(flow)
    if declared is not None and not (
        isinstance(declared, dict) and all(isinstance(targets, list) for targets in declared.values())
    ):
        yield wrong("The routing_model gives for each screen an array of screens.")
        return
    for name in {*routes, *(one for targets in routes.values() for one in targets)} - tree.screens.keys():
        yield wrong(f"There is no screen '{name}'.")
    if sum(len(set(targets)) for targets in routes.values()) > BRANCHES_MAX:
        yield wrong(f"There can be at most {BRANCHES_MAX} branches.")
    try:
        TopologicalSorter(routes).prepare()
    except CycleError as circle:
        yield wrong(f"Screens lead back to each other: {', '.join(map(str, circle.args[1]))}.")
    for name, screen in tree.screens.items():
        if declared is not None and name not in routes:
            yield wrong(f"The screen '{name}' is missing.")
        elif not routes.get(name) and screen.get("terminal") is not True:
            yield wrong(f"The screen '{name}' leads nowhere and is not terminal.")
        for target in set(navigated(screen)) - set(routes.get(name, ())):
            yield wrong(f"The screen '{name}' goes to '{target}', which is not declared.")
