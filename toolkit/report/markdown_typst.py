"""Markdown cells for the paper: markdown-it's tokens, written as Typst."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit.report.inline import typst_string

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_OPEN = {
    "strong_open": "#strong[",
    "em_open": "#emph[",
    "s_open": "#strike[",
    "bullet_list_open": "#list(",
    "ordered_list_open": "#enum(",
    "list_item_open": "[",
    "blockquote_open": "#quote(block: true)[",
    "th_open": "[",
    "td_open": "[",
    "paragraph_open": "",
}
_CLOSE = {
    "strong_close": "];",
    "em_close": "];",
    "s_close": "];",
    "bullet_list_close": ")\n\n",
    "ordered_list_close": ")\n\n",
    "list_item_close": "],",
    "blockquote_close": "]\n\n",
    "th_close": "],",
    "td_close": "],",
    "table_close": ")\n\n",
    "heading_close": "]\n\n",
    "paragraph_close": "\n\n",
    "link_close": "];",
    "thead_close": "),",
}
_ALONE = {"softbreak": " ", "hardbreak": "#linebreak();", "hr": "#line(length: 100%)\n\n"}


def to_typst(markdown: str) -> str:
    """Return Markdown as Typst; HTML and pictures in it come out as the characters they are.

    >>> to_typst("*so*")
    '#emph[#"so";];\\n\\n'
    """
    return _tokens(_PARSER.parse(markdown))


def _tokens(tokens: list[Token]) -> str:
    out = []
    for i, token in enumerate(tokens):
        kind = token.type
        if kind == "inline":
            out.append(_tokens(token.children or []))
        elif kind == "heading_open":
            out.append(f"#heading(level: {token.tag[1:]})[")
        elif kind == "ordered_list_open" and token.attrGet("start") is not None:
            out.append(f"#enum(start: {token.attrGet('start')}, ")
        elif kind == "table_open":
            width = sum(t.type == "th_open" for t in tokens[i : _end(tokens, i, "thead_close")])
            out.append(f"#table(columns: {width}, ")
        elif kind == "thead_open":
            out.append("table.header(")
        elif kind == "link_open":
            target = str(token.attrGet("href") or "")
            out.append(f"#link({typst_string(target)})[" if ":" in target else "#emph[")
        elif kind in {"text", "text_special", "html_inline", "html_block", "image"}:
            out.append(f"#{typst_string(token.content)};" if token.content else "")
        elif kind in {"code_inline", "fence", "code_block"}:
            block = str(kind != "code_inline").lower()
            out.append(f"#raw({typst_string(token.content.rstrip())}, block: {block});")
        else:
            out.append(_OPEN.get(kind) or _CLOSE.get(kind) or _ALONE.get(kind, ""))
    return "".join(out)


def _end(tokens: list[Token], start: int, kind: str) -> int:
    return next((i for i in range(start, len(tokens)) if tokens[i].type == kind), len(tokens))
