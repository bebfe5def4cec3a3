"""A public page, as its publisher serves it: the only place of ``corpus`` that uses the network."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from corpus.errors import OnrecordError
from corpus.load import MOST_BYTES

if TYPE_CHECKING:
    from aiohttp import ClientSession, StreamReader

SECONDS = 30
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/pdf": ".pdf",
}


class FetchError(OnrecordError):
    """An address that can't be fetched."""


def fetch_page(address: str) -> tuple[str, bytes]:
    """Fetch a page over https, at most 20 MB within 30 seconds.

    Returns:
        A file name made from the address, and the bytes as served.

    Raises:
        FetchError: not https, no answer, an error from the server, too large, or no document.
    """
    return asyncio.run(_fetch(address))


async def _fetch(address: str) -> tuple[str, bytes]:
    import aiohttp

    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=limit, trust_env=True) as session:
            return await _follow(session, address)
    except TimeoutError:
        raise FetchError(f"{address}: no whole answer within {SECONDS} seconds.") from None
    except (aiohttp.ClientError, ValueError) as error:
        raise FetchError(f"{address}: can't be fetched ({error}).") from error


async def _follow(session: ClientSession, address: str) -> tuple[str, bytes]:
    """Follow redirects by hand, so that nothing is ever asked for but over https."""
    at = address
    for _ in range(_MOST_REDIRECTS):
        if urlsplit(at).scheme != "https":
            raise FetchError(f"{at}: only https addresses are fetched; save the page and add it.")
        async with session.get(at, allow_redirects=False) as reply:
            if reply.status in _REDIRECTS:
                at = urljoin(at, reply.headers.get("Location", ""))
                continue
            if reply.status != 200:
                raise FetchError(f"{at}: the server answered {reply.status}; try it by hand.")
            return _file_name(at, reply.content_type), await _read(at, reply.content)
    raise FetchError(f"{address}: leads from one address to the next without an end.")


async def _read(address: str, stream: StreamReader) -> bytes:
    content = bytearray()
    async for piece in stream.iter_chunked(64 * 1024):
        content += piece
        if len(content) > MOST_BYTES:
            raise FetchError(f"{address}: is larger than {MOST_BYTES // 2**20} MB.")
    return bytes(content)


def _file_name(address: str, content_type: str) -> str:
    suffix = _SUFFIXES.get(content_type)
    if suffix is None:
        raise FetchError(f"{address}: is {content_type}, not a transcript that can be read.")
    named = PurePosixPath(unquote(urlsplit(address).path)).name or urlsplit(address).netloc
    stem = PurePosixPath(named).stem if named.lower().endswith(suffix) else named
    kept = "".join(char if char.isalnum() or char in "-_." else "-" for char in stem).strip(".-")
    return f"{kept[:120] or 'page'}{suffix}"
