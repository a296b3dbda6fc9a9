"""Schemas: jsonschema, which nbformat and nbconvert need, loaded before them and without what makes it slow.

While it is imported it builds a grammar of internationalised links, which takes longer than all else that makes a
page and a paper of a notebook, and checks a format that no notebook's schema has.
"""

import sys
from importlib import import_module

_GRAMMAR = "rfc3987_syntax"

if "jsonschema" not in sys.modules and _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # so Python says that there is none
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMAR]
