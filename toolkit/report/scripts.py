"""Scripts: which letters the paper can be set in here, and what stands where it cannot.

Typst's own fonts have Latin, Greek and Cyrillic; for others the machine's are asked. A letter that none
has would be an empty box: the name of its script, in brackets, stands for it instead.
"""

import re
from functools import cache

import typst

# A letter of every script, and the letters that are looked for.
_SCRIPTS = {
    "Greek": ("Ω", "\u0370-\u03ff"),
    "Cyrillic": ("Ж", "\u0400-\u04ff"),
    "Hebrew": ("ש", "\u0590-\u05ff"),
    "Arabic": ("ع", "\u0600-\u06ff\u0750-\u077f"),
    "Kana": ("か", "\u3040-\u30ff"),
    "Han": ("漢", "\u3400-\u4dbf\u4e00-\u9fff"),
    "Hangul": ("한", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"),
}


@cache
def without_font() -> tuple[str, ...]:
    """Return the names of the scripts that no font on this machine has."""
    return tuple(name for name, (letter, _) in _SCRIPTS.items() if not _settable(letter))


def lacking(text: str) -> list[str]:
    """Return the names of the scripts in a text that no font on this machine has."""
    there = [name for name, (_, letters) in _SCRIPTS.items() if re.search(f"[{letters}]", text)]
    return [name for name in there if name in without_font()] if set(there) - {"Greek", "Cyrillic"} else []


def named(text: str) -> str:
    """Return a text with its letters of scripts without a font replaced by the names of their scripts."""
    for name in without_font():
        text = re.sub(f"[{_SCRIPTS[name][1]}]+", f"[{name}]", text)
    return text


def _settable(letter: str) -> bool:
    page = f'#set document(title: "T")\n{letter}'.encode()
    try:
        typst.Compiler(input=page, ignore_system_fonts=False).compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
