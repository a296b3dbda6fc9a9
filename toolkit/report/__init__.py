"""Report: findings become prose, figures, an executed notebook, a page and a paper."""
