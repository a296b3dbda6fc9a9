import subprocess
import sys

CODE = """
import sys
import toolkit.report.page, toolkit.report.paper, toolkit.report.run
print("rfc3987_syntax" in sys.modules, "lark" in sys.modules)
import nbformat
nbformat.validate(nbformat.v4.new_notebook())
import rfc3987_syntax  # for whoever needs it, it is there
print(rfc3987_syntax.is_valid_syntax("iri", "https://example.org/"))
"""


def test_what_renders_a_report_loads_without_a_grammar_of_links_which_stays_to_be_had():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["False", "False", "True"]
