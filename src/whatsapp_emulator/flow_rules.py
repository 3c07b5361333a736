"""What holds for a component of a Flow JSON: its properties, its references, its actions. Pure."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from whatsapp_emulator.flow_components import COMPONENTS, NAME, Prop, Version
from whatsapp_emulator.flow_expressions import is_expression, parsed, reference_in
from whatsapp_emulator.flow_text import Path, Wrong
from whatsapp_emulator.flow_tree import JSON, Tree, components, dict_of, references_in

COMPONENTS_MAX = 50
CONTAINERS: dict[str, tuple[set[str], set[str]]] = {  # required and optional properties
    "Form": ({"name", "children"}, {"init-values", "error-messages"}),
    "If": ({"condition", "then"}, {"else"}),
    "Switch": ({"value", "cases"}, set()),
}
ACTION_KEYS = {
    "navigate": ({"name", "next"}, {"payload"}),
    "data_exchange": ({"name"}, {"payload"}),
    "complete": ({"name"}, {"payload"}),
    "open_url": ({"name", "url"}, set[str]()),
    "update_data": ({"name", "payload"}, set[str]()),
}
ACTIONS_SINCE: dict[str, Version] = {"open_url": (6, 0), "update_data": (6, 0)}


def keys_wrong(value: JSON, required: set[str], optional: set[str], path: Path) -> Iterator[Wrong]:
    for key in sorted(required - value.keys()):
        yield Wrong("MISSING_REQUIRED_PROPERTY", (*path, key), f"The property '{key}' is required.")
    for key in value.keys() - required - optional:
        yield Wrong("INVALID_PROPERTY_KEY", (*path, key), f"The property '{key}' is not known here.")


def components_wrong(tree: Tree, screen: JSON, path: Path) -> Iterator[Wrong]:
    """All components of a screen, one by one and together."""
    kinds: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for place, component in components(screen, path):
        kind = component.get("type") if isinstance(component, dict) else None
        if not isinstance(kind, str) or kind not in COMPONENTS.keys() | CONTAINERS.keys():
            yield Wrong(
                "INVALID_PROPERTY_VALUE", (*place, "type"), f"There is no component of type {kind!r}."
            )
            continue
        kinds[kind] += 1
        if kind in CONTAINERS:
            yield from container_wrong(tree, screen, component, place)
        else:
            yield from component_wrong(tree, screen, component, place)
            names[str(component.get("name"))] += COMPONENTS[kind].gives is not None
    for kind, number in kinds.items():
        if kind in COMPONENTS and number > COMPONENTS[kind].most:
            yield Wrong("TOO_MANY_COMPONENTS", path, f"A screen has at most {COMPONENTS[kind].most} {kind}.")
    if kinds.total() > COMPONENTS_MAX:
        yield Wrong("TOO_MANY_COMPONENTS", path, f"A screen has at most {COMPONENTS_MAX} components.")
    for name in (name for name, number in names.items() if number > 1):
        yield Wrong("DUPLICATE_NAME", path, f"Two components of the screen have the name '{name}'.")


def container_wrong(tree: Tree, screen: JSON, component: JSON, path: Path) -> Iterator[Wrong]:
    required, optional = CONTAINERS[component["type"]]
    yield from keys_wrong(component, required, {*optional, "type"}, path)
    if component["type"] == "Form":
        if "name" in component and (wrong := NAME.check(component["name"])):
            yield Wrong("INVALID_PROPERTY_VALUE", (*path, "name"), f"The property 'name' {wrong}.")
        for key in optional & component.keys():
            yield from references_wrong(tree, screen, component[key], (*path, key))
    elif component["type"] == "Switch":
        yield from references_wrong(tree, screen, component.get("value"), (*path, "value"))
        if not isinstance(component.get("cases"), dict) or not component["cases"]:
            yield Wrong("INVALID_PROPERTY_TYPE", (*path, "cases"), "A Switch needs an object with its cases.")
    elif "condition" in component:
        condition = component["condition"]
        plain = condition if not is_expression(condition) else condition[1:-1]
        yield from expression_wrong(tree, screen, plain, (*path, "condition"))
    for key in ("children", "then", "else"):
        if key in component and not isinstance(component[key], list):
            yield Wrong("INVALID_PROPERTY_TYPE", (*path, key), "An array of components is needed.")


def component_wrong(tree: Tree, screen: JSON, component: JSON, path: Path) -> Iterator[Wrong]:
    kind = COMPONENTS[component["type"]]
    if kind.since > tree.version:
        yield Wrong(
            "UNSUPPORTED_IN_VERSION", path, f"{component['type']} needs version {dotted(kind.since)}."
        )
    yield from keys_wrong(component, set(kind.required), {*kind.optional, "type"}, path)
    for key, prop in kind.props.items():
        if key in component:
            yield from property_wrong(tree, screen, prop, component[key], (*path, key))
    captions = {key.partition("-")[0] for key in component if key.endswith("-caption")}
    if captions not in (set(), {"center"}, {"left", "right"}):
        message = "A Footer has a caption in the center, or one at the left and one at the right."
        yield Wrong("INVALID_PROPERTY_VALUE", path, message)
    for n, option in enumerate(
        component.get("data-source", ()) if isinstance(component.get("data-source"), list) else ()
    ):
        for key in {"on-select-action", "on-unselect-action"} & dict_of(option).keys():
            inner = (*path, "data-source", n, key)
            yield from action_wrong(tree, screen, ("data_exchange", "update_data"), option[key], inner)


def property_wrong(tree: Tree, screen: JSON, prop: Prop, value: Any, path: Path) -> Iterator[Wrong]:
    key = path[-1]
    reference = reference_in(value)
    if prop.since > tree.version:
        yield Wrong(
            "UNSUPPORTED_IN_VERSION", path, f"The property '{key}' needs version {dotted(prop.since)}."
        )
    if prop.actions:
        yield from action_wrong(tree, screen, prop.actions, value, path)
    elif (reference is not None or is_expression(value)) and prop.plain:
        yield Wrong("INVALID_PROPERTY_VALUE", path, f"The property '{key}' cannot be dynamic.")
    elif reference is not None:
        yield from reference_wrong(tree, screen, reference, prop.types, path)
    elif is_expression(value):
        if tree.version < (6, 0):
            yield Wrong("UNSUPPORTED_IN_VERSION", path, "Expressions need version 6.0.")
        yield from expression_wrong(tree, screen, value[1:-1], path)
    elif wrong := prop.check(value):
        yield Wrong("INVALID_PROPERTY_VALUE", path, f"The property '{key}' {wrong}.")
    elif isinstance(value, str) and "${" in value and key != "pattern":
        message = f"A reference in '{key}' stands alone, or in an expression between backticks."
        yield Wrong("INVALID_PROPERTY_VALUE", path, message)
    else:
        yield from references_wrong(tree, screen, value, path)


def references_wrong(tree: Tree, screen: JSON, value: Any, path: Path) -> Iterator[Wrong]:
    for reference in references_in(value):
        yield from reference_wrong(tree, screen, reference, (), path)


def reference_wrong(
    tree: Tree, screen: JSON, reference: str, types: tuple[str, ...], path: Path
) -> Iterator[Wrong]:
    """`types` empty: any will do."""
    try:
        found = tree.type_of(reference, screen)
    except LookupError:
        yield Wrong("INVALID_REFERENCE", path, f"There is nothing that ${{{reference}}} points to.")
        return
    if types and found not in types:
        message = f"${{{reference}}} is of type {found}, {' or '.join(types)} is needed."
        yield Wrong("INVALID_REFERENCE_TYPE", path, message)


def expression_wrong(tree: Tree, screen: JSON, text: Any, path: Path) -> Iterator[Wrong]:
    try:
        parsed(str(text).lower() if isinstance(text, bool) else text)
    except (ValueError, TypeError, AttributeError) as problem:
        yield Wrong("INVALID_EXPRESSION", path, f"The expression cannot be read: {problem}.")
        return
    yield from references_wrong(tree, screen, text, path)


def action_wrong(
    tree: Tree, screen: JSON, allowed: tuple[str, ...], value: Any, path: Path
) -> Iterator[Wrong]:
    action = dict_of(value)
    name = action.get("name")
    if name not in allowed:
        yield Wrong("INVALID_ACTION", path, f"The action here must be one of {', '.join(allowed)}.")
        return
    yield from keys_wrong(action, *ACTION_KEYS[name], path)
    if ACTIONS_SINCE.get(name, (5, 1)) > tree.version:
        yield Wrong("UNSUPPORTED_IN_VERSION", path, f"{name} needs version {dotted(ACTIONS_SINCE[name])}.")
    if name == "data_exchange" and not tree.has_endpoint:
        yield Wrong("INVALID_ACTION", path, "data_exchange needs a data_api_version and a routing_model.")
    if name == "complete" and screen.get("terminal") is not True:
        yield Wrong("INVALID_ACTION", path, "complete is for terminal screens.")
    if not isinstance(action.get("payload", {}), dict):
        yield Wrong("INVALID_PROPERTY_TYPE", (*path, "payload"), "The payload must be an object.")
        return
    yield from references_wrong(tree, screen, {**action, "name": ""}, path)
    payload = action.get("payload", {})
    if name == "navigate":
        yield from navigation_wrong(tree, screen, action, path)
    elif name == "update_data":
        for key in payload.keys() - dict_of(screen.get("data")).keys():
            yield Wrong("INVALID_REFERENCE", (*path, "payload", key), f"The screen declares no data '{key}'.")


def navigation_wrong(tree: Tree, screen: JSON, action: JSON, path: Path) -> Iterator[Wrong]:
    """The next screen exists and gets all the data it declares, of the right type."""
    following = dict_of(action.get("next"))
    target = tree.screens.get(str(following.get("name")))
    if following.get("type") != "screen" or target is None:
        message = f"There is no screen {following.get('name')!r} to go to."
        yield Wrong("INVALID_NEXT_SCREEN", (*path, "next"), message)
        return
    payload = action.get("payload", {})
    for key, schema in dict_of(target.get("data")).items():
        if key not in payload:
            message = f"The next screen declares data '{key}', which the payload lacks."
            yield Wrong("MISSING_PAYLOAD_KEY", (*path, "payload"), message)
        elif (reference := reference_in(payload[key])) is not None:
            types = (str(dict_of(schema).get("type")),)
            yield from reference_wrong(tree, screen, reference, types, (*path, "payload", key))


def dotted(version: Version) -> str:
    return ".".join(map(str, version))
