"""What can go wrong, worded for the person who can mend it: what, where, what to do."""


class ToolkitError(Exception):
    """A known failure; its message is one line that says what, where and what to do."""


class SourceError(ToolkitError):
    """A text that cannot be found, read or taken for text."""


class TableError(ToolkitError):
    """A table or a set of tables that does not keep its contract."""


class UnknownName(TableError, AttributeError, KeyError):
    """A table or a column asked for by a name that it does not have."""

    __str__ = Exception.__str__  # a KeyError would put its sentence in quotation marks


class SelectionError(ToolkitError):
    """A choice of voices, texts or words that is not there, or that leaves nothing."""


class CodebookError(ToolkitError):
    """A row of a word list that cannot be used."""


class ParameterError(ToolkitError):
    """A notebook, or a parameter of one, that is not there or has the wrong type."""


class PlanError(ToolkitError):
    """A plan of reports that cannot be made as it is written."""


class RunError(ToolkitError):
    """A notebook that failed while it ran: where it is known, in which cell, the cell's source, the traceback."""

    def __init__(self, message: str, cell: int | None = None, source: str = "", traceback: str = "") -> None:
        super().__init__(message)
        self.cell, self.source, self.traceback = cell, source, traceback


class OutputError(ToolkitError):
    """A place where results cannot be written."""


def one_line(error: BaseException) -> str:
    """Return the error's words as one line without control characters.

    >>> one_line(ValueError("first\\nsecond"))
    'first second'
    """
    printable = "".join(c if c.isprintable() else " " for c in str(error) or type(error).__name__)
    return " ".join(printable.split())
