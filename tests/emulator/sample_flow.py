"""A form for a place, a day and a time, with everything in it that a form for booking may need."""

from typing import Any

JSON = dict[str, Any]
OPTION = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "title": {"type": "string"}, "enabled": {"type": "boolean"}},
}


def declared(kind: str, example: Any, **more: Any) -> JSON:
    return {"type": kind, "__example__": example, **more}


def options(*names: str) -> list[JSON]:
    return [{"id": name.lower(), "title": name} for name in names]


def screen(name: str, children: list[JSON], **more: Any) -> JSON:
    return {
        "id": name,
        "title": name.title(),
        **more,
        "layout": {"type": "SingleColumnLayout", "children": children},
    }


def footer(label: str, name: str = "data_exchange", **action: Any) -> JSON:
    return {"type": "Footer", "label": label, "on-click-action": {"name": name, **action}}


def person() -> JSON:
    children: list[JSON] = [
        {"type": "TextHeading", "text": "${data.greeting}"},
        {
            "type": "TextInput",
            "name": "code",
            "label": "Clave",
            "min-chars": 4,
            "max-chars": 6,
            "pattern": "[A-Z0-9]+",
            "helper-text": "Letras y números",
            "error-message": "Revisa la clave",
            "required": True,
        },
        {
            "type": "TextInput",
            "name": "name",
            "label": "Nombre",
            "required": True,
            "init-value": "${data.name}",
        },
        {"type": "TextInput", "name": "years", "label": "Edad", "input-type": "number"},
        {
            "type": "OptIn",
            "name": "agrees",
            "label": "Leí el aviso",
            "required": True,
            "on-click-action": {"name": "open_url", "url": "https://example.org/aviso"},
        },
        {
            "type": "EmbeddedLink",
            "text": "Usar muestra",
            "on-click-action": {"name": "data_exchange", "payload": {"sample": True}},
        },
        footer("Seguir", payload={"code": "${form.code}", "name": "${form.name}"}),
    ]
    data = {"greeting": declared("string", "Hola"), "name": declared("string", "Ana de muestra")}
    return screen("PERSON", [{"type": "Form", "name": "form", "children": children}], data=data)


def place() -> JSON:
    times = {
        "type": "RadioButtonsGroup",
        "name": "time",
        "label": "Hora",
        "data-source": "${data.times}",
        "required": True,
    }
    children: list[JSON] = [
        {
            "type": "Dropdown",
            "name": "office",
            "label": "Oficina",
            "data-source": "${data.offices}",
            "required": True,
            "on-select-action": {"name": "data_exchange", "payload": {"office": "${form.office}"}},
        },
        {
            "type": "CalendarPicker",
            "name": "day",
            "label": "Día",
            "min-date": "${data.first}",
            "max-date": "${data.last}",
            "unavailable-dates": "${data.closed}",
            "include-days": ["Mon", "Tue", "Wed", "Thu", "Fri"],
            "visible": "`${form.office} != ''`",
            "required": True,
            "on-select-action": {"name": "data_exchange", "payload": {"day": "${form.day}"}},
        },
        {
            "type": "If",
            "condition": "${data.has_times} && ${form.day} != ''",
            "then": [times],
            "else": [{"type": "TextCaption", "text": "Primero elige el día."}],
        },
        {
            "type": "Switch",
            "value": "${form.office}",
            "cases": {
                "xalapa": [
                    {"type": "TextBody", "text": ["Trae tu acta.", "Llega a tiempo."], "markdown": True}
                ]
            },
        },
        footer("Revisar", payload={"day": "${form.day}", "time": "${form.time}"}),
    ]
    data = {
        "offices": declared("array", options("Xalapa"), items=OPTION),
        "times": declared("array", options("10:00"), items=OPTION),
        "has_times": declared("boolean", True),
        "first": declared("string", "2026-12-01"),
        "last": declared("string", "2026-12-31"),
        "closed": declared("array", ["2026-12-25"], items={"type": "string"}),
    }
    return screen("PLACE", children, data=data, refresh_on_back=True)


def summary() -> JSON:
    children: list[JSON] = [
        {"type": "TextSubheading", "text": "`'Cita de ' ${screen.PERSON.form.name}`"},
        {"type": "TextBody", "text": "${data.said}", "font-weight": "bold"},
        {"type": "TextArea", "name": "note", "label": "Nota", "max-length": 20},
        {
            "type": "CheckboxGroup",
            "name": "papers",
            "label": "Papeles",
            "data-source": options("Acta", "INE", "CURP"),
            "min-selected-items": 1,
            "max-selected-items": 2,
        },
        {"type": "DatePicker", "name": "born", "label": "Nacimiento", "max-date": "2026-01-01"},
        {
            "type": "ChipsSelector",
            "name": "help",
            "label": "Ayuda",
            "data-source": options("Rampa", "Lengua"),
        },
        footer(
            "Confirmar",
            "complete",
            payload={"day": "${screen.PLACE.form.day}", "note": "${form.note}", "papers": "${form.papers}"},
        ),
    ]
    return screen(
        "SUMMARY", children, data={"said": declared("string", "Martes 1")}, terminal=True, success=True
    )


def sample_flow(version: str = "7.3", data_api_version: str = "4.0") -> JSON:
    return {
        "version": version,
        "data_api_version": data_api_version,
        "routing_model": {"PERSON": ["PLACE"], "PLACE": ["SUMMARY"], "SUMMARY": []},
        "screens": [person(), place(), summary()],
    }


def small_flow() -> JSON:
    """Two screens and no endpoint."""
    going = footer(
        "Seguir", "navigate", next={"type": "screen", "name": "LAST"}, payload={"said": "${form.pet}"}
    )
    first = screen("FIRST", [{"type": "TextInput", "name": "pet", "label": "Mascota"}, going])
    last = screen(
        "LAST",
        [
            {"type": "TextBody", "text": "${data.said}"},
            footer("Listo", "complete", payload={"pet": "${data.said}"}),
        ],
        data={"said": declared("string", "gato")},
        terminal=True,
    )
    return {"version": "5.1", "screens": [first, last]}
