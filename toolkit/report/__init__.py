"""Report: findings become prose, figures, an executed notebook, a page and a paper."""

FORMATS = ("html", "pdf", "txt", "svg")  # that a report is written in; svg is its first figure
