"""Saved web pages: the article in them, without menus and notices, and what the page says of it (trafilatura)."""

import codecs
import logging
import re
from typing import Any

from toolkit.errors import SourceError, one_line
from toolkit.source import linked_data
from toolkit.source.content import Content, taken
from toolkit.source.decode import decode
from toolkit.source.options import Options

_DECLARED = re.compile(rb"(?:charset|<\?xml[^>]*?encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.I)
_HEAD = 8192
_LINKED = re.compile(r"<p\b[^>]*>\s*<a\b[^>]*>[^<]{100}", re.I)  # a paragraph that is a link
_LONG = 40  # characters of a paragraph that are no link
_OF_TEXT = re.compile(r"utf-8|(?:iso8859|cp|koi8|mac|gb|big5|euc|shift|johab|hz|iso2022|tis)[\w-]*")
_BLOCKS = frozenset(  # of trafilatura's trees, and of pages
    {"p", "head", "quote", "item", "row", "list", "table", "div", "code", "ab", "fw"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "tr", "pre", "hr"}
    | {"section", "article", "header", "footer", "figure", "figcaption"}
)
_NEAR = {"cell": " ", "td": " ", "th": " ", "lb": "\n", "br": "\n"}
_SILENT = frozenset({"script", "style", "head"})
_MARKUP = re.compile(r"</(?:p|div|li|h[1-6]|blockquote|span|a|em|strong|b|i)\s*>|<(?:br|p)\b[^<>]{0,200}>", re.I)
# The day is only read where the page says it, never guessed from what day it is now.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}


def content(data: bytes, name: str, options: Options) -> Content:
    """Return the article of a web page with its title, author, date and outlet.

    Raises
    ------
    SourceError
        When the bytes are no text, or no article is in them.
    """
    del options
    return of_page(*decoded(data, name), name)


def of_page(text: str, encoding: str, name: str) -> Content:
    """Return the article of a page that is already decoded."""
    said = linked_data.article(text)
    found = _article(text, name, is_live=said.is_live)
    guessed = {"title": found.title, "author": found.author, "outlet": found.sitename, "date": found.date}
    metadata = {key: str(value).replace("; ", ", ") for key, value in guessed.items() if value and not said.is_live}
    whole_title = metadata.get("title", "")
    metadata |= said.metadata
    if whole_title.startswith(metadata.get("title", "")):  # some pages cut it for search engines
        metadata["title"] = whole_title
    if said.is_paid:
        metadata["access"] = "paid"
    return taken(_blocks(found.body), encoding, {k: v for k, v in metadata.items() if v}, name)


def words(html: str, name: str) -> str:
    """Return the words of a page that is already decoded, a paragraph a block."""
    return _blocks(_article(html, name).body)


def is_marked_up(text: str) -> bool:
    """Tell whether a text is a piece of a web page, as the cells of many exports are.

    >>> is_marked_up("<p>It is calm.</p>"), is_marked_up("3 < 4, and x > y")
    (True, False)
    """
    return "<" in text and bool(_MARKUP.search(text))


def fragment(html: str) -> str:
    """Return all words of a piece of a page, a paragraph a block.

    >>> fragment("<p>It is <b>calm</b>.</p><p>So&nbsp;it is.<br>Yes.")
    'It is calm.\\n\\nSo it is.\\nYes.'
    """
    from trafilatura import load_html

    html = re.sub("[\ud800-\udfff]", "\ufffd", html)
    tree = load_html(f"<html><body><div>{html}</div></body></html>")
    if tree is None:
        return html
    for element in tree.iter():
        if element.tag in _SILENT or not isinstance(element.tag, str):
            element.clear(keep_tail=True)
        element.text = " ".join(re.split(r"\s+", element.text)) if element.text else None
        element.tail = " ".join(re.split(r"\s+", element.tail)) if element.tail else None
    return _blocks(tree)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Return the characters of a page and how they were read: what its bytes are goes before what it declares.

    Several declarations, or one that is not so, are told: "utf-8 (declared as windows-1252, shift_jis)".
    """
    declared = list(dict.fromkeys(d.decode().lower() for d in _DECLARED.findall(data[:_HEAD])))
    text, encoding = decode(data, name)
    if not encoding.startswith("utf-"):
        for label in declared:
            try:
                known = codecs.lookup(label).name
                if _OF_TEXT.fullmatch(known):
                    text, encoding = data.decode(known), label
                    break
            except (LookupError, ValueError):
                continue
    if len(declared) > 1 or (declared and not _same(declared[0], encoding)):
        encoding += f" (declared as {', '.join(declared)})"
    return text, encoding


def _same(one: str, other: str) -> bool:
    try:
        return codecs.lookup(one).name == codecs.lookup(other).name
    except LookupError:
        return False


def _article(html: str, name: str, *, is_live: bool = False) -> Any:
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    logging.getLogger("htmldate").addHandler(logging.NullHandler())
    from trafilatura import bare_extraction, load_html  # takes half a second to load
    from trafilatura.settings import Document

    try:
        page = _prepared(load_html(html), is_live) if is_live or _LINKED.search(html) else html
        found = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES))
    except Exception as error:  # whatever a page does to another's parser
        raise SourceError(f"{name} is a damaged web page ({one_line(error)[:120]}): save its text") from None
    if not isinstance(found, Document) or found.body is None:
        raise SourceError(f"{name} is a web page in which no article was found: save its text")
    return found


def _prepared(tree: Any, is_live: bool) -> Any:
    """Return a page in which nothing of its article looks like a link to another.

    A paragraph between others that is a link as a whole is one of them. The posts of a live blog are its article.
    """
    if tree is None:
        return ""
    for link in list(tree.iter("a")):
        paragraph = link.getparent()
        if paragraph is None or paragraph.tag != "p" or len(paragraph) > 1:
            continue
        beside = (paragraph.getprevious(), paragraph.getnext())
        if all(other is not None and other.tag == "p" and len(_own_words(other)) > _LONG for other in beside):
            link.drop_tag()
    if is_live:
        for post in tree.iter("article"):
            post.tag = "div"
    return tree


def _own_words(element: Any) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _blocks(body: Any) -> str:
    """Return the words of the article's tree, its blocks parted by an empty line."""
    blocks: list[list[str]] = [[]]

    def put(words: str | None) -> None:
        if words:
            blocks[-1].append(words)

    # a stack, for a page may be nested deeper than Python goes
    stack: list[tuple[Any, bool]] = [(body, True)]
    while stack:
        element, opens = stack.pop()
        is_block = element.tag in _BLOCKS
        if opens:
            if is_block:
                blocks.append([])
            put(_NEAR.get(element.tag))
            put(element.text if isinstance(element.tag, str) else None)
            stack.append((element, False))
            stack += [(child, True) for child in reversed(element)]
        else:
            if is_block:
                blocks.append([])
            if element is not body:
                put(element.tail)
    told = ("\n".join(" ".join(line.split()) for line in "".join(block).split("\n")).strip() for block in blocks)
    return "\n\n".join(block for block in told if block)
