"""What Meta keeps for an account, asked over one session: lists are read to their end."""

from types import TracebackType
from typing import Self

import aiohttp

from ventanilla.wire.whatsapp.answers import ask
from ventanilla.wire.whatsapp.lenient import Node, dicts, node

_PAGE = "100"
_MOST_PAGES = 100
"""Meta keeps 6,000 templates at most; a list that never ends is a fault of the other side."""


class Administration:
    """To be used inside `async with`."""

    def __init__(self, api_url: str, version: str, token: str, timeout_seconds: float) -> None:
        self._api = f"{api_url.rstrip('/')}/{version}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session:
            await self._session.close()

    async def _all(self, url: str, fields: str) -> list[Node]:
        """Raises `SendFailed`."""
        found: list[Node] = []
        after = ""
        for _ in range(_MOST_PAGES):
            params = {"fields": fields, "limit": _PAGE, **({"after": after} if after else {})}
            page = await ask(self._session, "GET", url, params=params)
            found += dicts(page.get("data"))
            paging = node(page.get("paging"))
            after = str(node(paging.get("cursors")).get("after") or "")
            # Its `next` is an address with the token in it; the cursor is all we need of it.
            if not after or not paging.get("next"):
                break
        return found
