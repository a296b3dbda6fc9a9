"""A kernel from the nursery is as one that starts cold: nothing of another run is in it, its bytes are the same."""

import json
import os
import signal
import socket
import subprocess
import sys

import nbformat
import pytest

from toolkit import shipped
from toolkit.errors import RunError
from toolkit.report.kernel import ReportKernelManager
from toolkit.report.nursery import Forked, nursery
from toolkit.report.parameters import load
from toolkit.report.run import execute, make
from toolkit.source.files import read

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork: its kernels start cold")
TRACES = """
import builtins, os, sys, pandas, matplotlib
print(os.getcwd(), sorted(k for k in os.environ if k.startswith("OWN")), hasattr(builtins, "own"), "own" in sys.modules)
print(pandas.get_option("display.max_rows"), matplotlib.rcParams["font.size"], sys.path, os.path.basename(sys.argv[0]))
os.chdir("/"); os.environ["OWN"] = "1"; builtins.own = 1; sys.modules["own"] = sys; sys.path.append("own")
pandas.set_option("display.max_rows", 7); matplotlib.rcParams["font.size"] = 30
"""


@pytest.fixture(scope="module")
def place():
    with nursery() as path:
        yield path


@pytest.fixture(scope="module")
def warm(place):
    return lambda: ReportKernelManager(nursery=place)


def ran(path, text, kernel=None, **how) -> str:
    return nbformat.writes(execute(load(str(path)), {"source": text.name}, text.parent, kernel=kernel, **how))


def test_nothing_of_a_run_reaches_the_next_and_a_cold_one_sees_the_same(warm, notebook, text):
    path = notebook(TRACES)
    first, second, cold = ran(path, text, warm()), ran(path, text, warm()), ran(path, text)
    assert first == second == cold
    assert "[] False False" in first


def test_a_report_from_a_warm_kernel_is_the_same_to_the_byte(warm, made, tmp_path):
    text = read("strait", shipped.sample())
    names = make(text, load("article"), {}, ["html", "pdf"], tmp_path, tmp_path, kernel=warm())
    assert {name: (tmp_path / name).read_bytes() for name in names} == {
        name: (made / name).read_bytes() for name in names
    }


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; os._exit(1)", "died"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "died"),
        (
            "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(1)",
            "took over 2 s",
        ),
    ],
)
def test_a_warm_kernel_that_dies_or_hangs_is_told(warm, notebook, text, code, says):
    with pytest.raises(RunError, match=says) as error:
        ran(notebook(code), text, warm(), seconds=2)
    assert error.value.cell == 3
    assert error.value.source == code


def test_without_a_nursery_a_kernel_starts_cold(notebook, text, tmp_path):
    assert '"1\\n"' in ran(notebook("print(1)"), text, ReportKernelManager(nursery=tmp_path / "gone"))


def test_who_asks_and_is_gone_before_the_answer_takes_nothing_but_its_own_kernel_along(place, tmp_path):
    def arguments(name):
        return ["-f", str(tmp_path / name), "--transport=ipc", f"--ip={tmp_path / 'ipc'}"]

    with socket.socket(socket.AF_UNIX) as gone:
        gone.connect(str(place))
        order = {"arguments": arguments("gone.json"), "env": dict(os.environ), "cwd": str(tmp_path)}
        gone.sendall(json.dumps(order).encode() + b"\n")
    kernel = Forked(place, arguments("kernel.json"), dict(os.environ), str(tmp_path))  # an error where none answers
    assert kernel.poll() is None
    kernel.kill()
    assert kernel.wait() == -signal.SIGKILL


def test_a_nursery_ends_with_its_batch_though_it_is_still_loading():
    code = "import toolkit.report.nursery as n\ndef load():\n  while True: pass\nn._load = load; n.main(-1)"
    loading = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    loading.stdin.close()
    try:
        assert loading.wait(30) == 0
    finally:
        loading.kill()
