"""Templates are listed, made, changed and deleted over real HTTP."""

import pytest
from pywa.types.templates import Template
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.templates_at_meta import ACCOUNT, TemplatesAtMeta, management, served

from ventanilla.core.sending import SendFailed
from ventanilla.wire.whatsapp.management import Management
from ventanilla.words.templates import definitions
from whatsapp_emulator.serve import serve_app

pytestmark = pytest.mark.anyio


async def test_what_is_made_is_listed_with_the_same_content() -> None:
    meta = TemplatesAtMeta()
    with served(meta) as url:
        async with management(url, meta.token) as api:
            made = [await api.create(definition) for definition in definitions()]
            listed = await api.listed()
    assert [one.known for one in listed] == made
    assert [(k.status, k.category) for k in made] == [("PENDING", "UTILITY")] * len(made)
    assert [k.hash for k in made] == [d.content.hash for d in definitions()]
    assert len(made) > 5, "more than one page"


async def test_another_program_reads_what_we_make() -> None:
    """The library parses each definition as Meta's own."""
    meta = TemplatesAtMeta()
    with served(meta) as url:
        async with management(url, meta.token) as api:
            for definition in definitions():
                await api.create(definition)
    for item, definition in zip(meta.kept.values(), definitions(), strict=True):
        template = Template.from_dict(item)
        assert (template.name, str(template.category)) == (definition.name, "UTILITY")
        assert "named" in str(template.parameter_format).lower()


async def test_a_changed_text_is_another_content_and_an_edit_mends_it() -> None:
    meta = TemplatesAtMeta()
    first = definitions()[0]
    with served(meta) as url:
        async with management(url, meta.token) as api:
            await api.create(first)
            meta.approve()
            meta.find(first.name, first.language)["components"][1]["text"] = "Other words"
            (other,) = await api.listed()
            await api.edit(other.id, first)
            (mended,) = await api.listed()
            await api.delete(mended)
            assert await api.listed() == ()
    assert other.known.hash != first.content.hash == mended.known.hash
    assert mended.known.status == "PENDING"


async def test_templates_of_other_kinds_are_listed_and_equal_none_of_ours() -> None:
    meta = TemplatesAtMeta()
    first = definitions()[0]
    meta.put("sale", "es", category="marketing", components=[{"type": "HEADER", "format": "IMAGE"}, 7])
    meta.put("call", "en", components=None, rejected_reason="NONE", quality_score={"score": "RED"})
    buttons = {"type": "BUTTONS", "buttons": [{"type": "URL", "text": first.content.buttons[0]}]}
    meta.put(first.name, first.language, components=[buttons], rejected_reason="ABUSIVE_CONTENT")
    with served(meta) as url:
        async with management(url, meta.token) as api:
            sale, call, like_ours = [one.known for one in await api.listed()]
    assert sale.category == "MARKETING"
    assert (call.reason, call.quality) == ("", "RED")
    assert like_ours.reason == "ABUSIVE_CONTENT"
    assert not {sale.hash, call.hash, like_ours.hash} & {d.content.hash for d in definitions()}


async def test_a_refusal_says_why() -> None:
    meta = TemplatesAtMeta(refuse={definitions()[0].name: "The text repeats itself."})
    with served(meta) as url:
        async with management(url, meta.token) as api:
            with pytest.raises(SendFailed, match=r"The text repeats itself\."):
                await api.create(definitions()[0])
        async with management(url, "wrong") as api:
            with pytest.raises(SendFailed) as refused:
                await api.listed()
    assert (refused.value.fault, refused.value.code) == ("account", 190)


async def test_a_list_that_never_ends_is_ended() -> None:
    asked = 0

    async def page(request: Request) -> Response:
        nonlocal asked
        asked += 1
        return JSONResponse({"data": [], "paging": {"next": "…", "cursors": {"after": "x"}}})

    path = f"/v26.0/{ACCOUNT}/message_templates"
    with serve_app(Starlette(routes=[Route(path, page)])) as url:
        async with Management(url, "v26.0", ACCOUNT, "t") as api:
            assert await api.listed() == ()
    assert asked == 100
