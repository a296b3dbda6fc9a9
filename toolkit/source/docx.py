"""Word documents: the paragraphs of their body, as they stand after all tracked changes."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from toolkit.errors import SourceError, one_line
from toolkit.source.content import Content, taken
from toolkit.source.options import Options, flag

_BODY = "word/document.xml"
_WORD = re.compile(
    r"\{http://(?:schemas\.openxmlformats\.org/wordprocessingml|purl\.oclc\.org/ooxml/wordprocessingml)[^}]*\}(\w+)"
)
_SILENT = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr", "footnoteReference"})
_AS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuse what no Word document has, and what an XML bomb is made of."""

    def doctype(self, name: str, pubid: str, system: str) -> None:  # noqa: ARG002
        raise ValueError("it declares entities")


def content(data: bytes, name: str, options: Options) -> Content:
    """Return the words of a Word document, a paragraph a block.

    Raises
    ------
    SourceError
        When it is damaged, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_BODY) as body:
            written = body.read(options.max_bytes + 1)
        if len(written) > options.max_bytes:
            raise SourceError(f"{name} unpacks to over {options.max_megabytes:g} MB: raise {flag('max_megabytes')}")
        root = ElementTree.XML(written, ElementTree.XMLParser(target=_NoDoctype()))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, zlib.error, EOFError, OSError) as error:
        raise _damaged(name, error) from None
    except (ValueError, NotImplementedError, RuntimeError, LookupError) as error:  # also what is encrypted
        raise _damaged(name, error) from None
    return taken(_text(root), "docx", {}, name)


def _damaged(name: str, error: BaseException) -> SourceError:
    return SourceError(f"{name} is a damaged Word document ({one_line(error)[:120]}): open it in Word and save it anew")


def _is_hidden(run: ElementTree.Element) -> bool:
    """Tell whether a run is marked as hidden; Word neither shows nor prints it."""
    space = run.tag.removesuffix("r")
    mark = run.find(f"{space}rPr/{space}vanish")
    return mark is not None and mark.get(f"{space}val") not in {"0", "false", "off"}


def _text(root: ElementTree.Element) -> str:
    paragraphs: list[str] = []
    open_ones: list[list[str]] = []
    stack: list[tuple[ElementTree.Element, bool]] = [(root, True)]
    while stack:
        element, opens = stack.pop()
        found = _WORD.fullmatch(element.tag)
        tag = found[1] if found else ""
        if not opens:
            paragraphs.append("".join(open_ones.pop()).strip())
            continue
        if tag == "r" and _is_hidden(element):
            continue
        # what stands for readers that do not know a shape is that shape's text again
        if tag in _SILENT or element.tag.endswith("}Fallback"):
            continue
        if tag == "p":
            open_ones.append([])
            stack.append((element, False))
        elif open_ones and tag == "t":
            open_ones[-1].append(element.text or "")
        elif open_ones and tag in _AS:
            open_ones[-1].append(_AS[tag])
        stack += [(child, True) for child in reversed(element)]
    return "\n\n".join(p for p in paragraphs if p)
