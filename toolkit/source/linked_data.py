"""What a web page says of its article in JSON-LD: exact where it is there, and of that article alone."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from toolkit.source.days import day

_SCRIPT = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>(.*?)</script>", re.I | re.DOTALL)
_AROUND = re.compile(r"\A\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*\Z")
_ARTICLE = re.compile(r"(?:Article|Posting|Report)\Z")
_HEADED = re.compile(
    r"<(?:title|h1)\b[^>]*>(.*?)</(?:title|h1)>|\bog:title\W[^>]*?content=\"([^\"]*)", re.I | re.DOTALL
)
_TAG = re.compile(r"<[^<>]*>")
_BY = re.compile(r"(?:by|words by)\s+", re.I)
_MOST = 200  # nodes that are looked at


class Article(NamedTuple):
    """What is said of an article: `metadata` as of any document, and whether it is a live blog or costs money."""

    metadata: dict[str, str]
    is_live: bool = False
    is_paid: bool = False


def article(page: str) -> Article:
    """Return what a page says of its article; nothing where it says nothing.

    Of several articles it is the one that the page's own title names, or else the first.
    """
    nodes = list(_nodes(page))
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    found = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _kinds(node))]
    if not found:
        return Article({})
    headings = [_words("".join(groups)) for groups in _HEADED.findall(page)]
    titled = [node for node in found if (title := _title(node)) and any(title in heading for heading in headings)]
    node = (titled or found)[0]
    outlet = ", ".join(_names(node.get("publisher"), by_id)[:1])
    metadata = {
        "title": _title(node),
        "author": ", ".join(name for name in _names(node.get("author"), by_id) if name != outlet),
        "outlet": outlet,
        "date": day(str(node.get("datePublished"))) or "",
    }
    return Article(
        {key: value for key, value in metadata.items() if value},
        any("LiveBlog" in kind for kind in _kinds(node)),
        str(node.get("isAccessibleForFree", "true")).lower() == "false",
    )


def _nodes(page: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects at the top of a page's JSON-LD, those of its graphs, and what a page says it is about."""
    waiting: list[Any] = []
    for script in _SCRIPT.findall(page):
        try:
            waiting.append(json.loads(_AROUND.sub("", script), strict=False))
        except (ValueError, RecursionError):
            continue
    seen = 0
    while waiting and seen < _MOST:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting = node + waiting
        elif isinstance(node, Mapping):
            yield node
            waiting = [node[key] for key in ("@graph", "mainEntity") if key in node] + waiting


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _title(node: Mapping[str, Any]) -> str:
    return next((_words(node[key]) for key in ("headline", "name") if isinstance(node.get(key), str)), "")


def _names(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the names of persons or bodies, each once, of which some may be told elsewhere by their id."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping) and "name" not in one:
            one = by_id.get(str(one.get("@id")), one)
        name = one.get("name") if isinstance(one, Mapping) else one
        for written in name if isinstance(name, list) else [name]:
            words = _BY.sub("", _words(written), count=1) if isinstance(written, str) else ""
            if words and not words.startswith(("http:", "https:")):
                found.append(words)
    return list(dict.fromkeys(found))


def _words(written: str) -> str:
    return " ".join(_TAG.sub("", html.unescape(written)).split())
