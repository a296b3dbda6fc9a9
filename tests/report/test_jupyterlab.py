"""A real JupyterLab, started by the command of `make lab` and driven in a browser: the notebook for exploring."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
TOKEN = "only-on-this-machine"
SECONDS = 180  # at most; on a free machine all of it takes half a minute
CODE = [c for c in nbformat.read(ROOT / "notebooks" / "explore.ipynb", as_version=4).cells if c.cell_type == "code"]
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map((prompt) => prompt.textContent)"
COUNTED = [f"[{i}]:" for i in range(1, len(CODE) + 1)]
ALL_RAN = f"JSON.stringify({PROMPTS}) === '{json.dumps(COUNTED, separators=(',', ':'))}'"


def command() -> str:
    """Return the recipe of `make lab`, as make would hand it to the shell."""
    recipe = re.search(r"^lab:.*\n\t@((?:.*\\\n)*.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    return recipe[1].replace("\\\n", " ").replace("$(BIN)", str(BIN)).replace("$$", "$")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a JupyterLab on a copy of the notebooks: on loopback, nobody's settings, any free port."""
    home = tmp_path_factory.mktemp("home")
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    settings = {"ip": "127.0.0.1", "port": 0, "open_browser": False}
    (home / "config").mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(
        json.dumps({"ServerApp": settings, "IdentityProvider": {"token": TOKEN}})
    )
    places = {"CONFIG_DIR": "config", "DATA_DIR": "data-of-jupyter", "RUNTIME_DIR": "runtime"}
    environment = os.environ | {f"JUPYTER_{name}": str(home / place) for name, place in places.items()}
    environment |= {"HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "PYTHONPATH": str(ROOT)}
    environment |= {f"JUPYTERLAB_{name}_DIR": str(home / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {command()}"], cwd=home, env=environment, stdout=log, stderr=log
        )
        try:
            yield address(home / "runtime", process, home / "log")
        finally:
            process.terminate()
            process.wait(timeout=30)


def address(runtime: Path, process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait until the server says where it is."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        for told in runtime.glob("jpserver-*.json"):
            try:
                return str(json.loads(told.read_text())["url"])
            except ValueError:  # still being written
                pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def lab(server: str, chromium: Any) -> Iterator[Any]:
    """Yield the page that `make lab` opens, every cell run; it keeps what it asks other hosts for."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(1000 * SECONDS)
    page.elsewhere = []
    page.on("request", lambda r: None if r.url.startswith((server, "data:", "blob:")) else page.elsewhere.append(r.url))
    page.goto(f"{server}?token={TOKEN}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.wait_for_timeout(1000)  # the status says so before the notebook has its kernel
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator('[data-command="runmenu:run-all"]').click()
    page.wait_for_function(ALL_RAN)
    yield page
    context.close()


def errors(page: Any) -> list[str]:
    kinds = ("error", "stderr")
    found = ",".join(f'[data-mime-type="application/vnd.jupyter.{kind}"]' for kind in kinds)
    return list(page.locator(found).all_inner_texts())


def displays(page: Any) -> list[int]:
    """Return how many cards, texts, tables and pictures are there."""
    return [page.locator(f".jp-OutputArea {what}").count() for what in (".numbers", ".reader", "table", "figure > svg")]


def lined(page: Any) -> list[tuple[str, str, bool]]:
    """Return the voice, the mode and whether it is underlined, of every marked stretch."""
    found = page.locator(".said").evaluate_all(
        "(all) => all.map((it) => [it.dataset.voice, it.className,"
        " getComputedStyle(it).textDecorationLine === 'underline'])"
    )
    return [
        (voice, next(m for m in ("direct", "mixed", "indirect") if f" {m}" in look), on) for voice, look, on in found
    ]


def test_every_cell_runs_and_shows_what_it_should(lab, photograph):
    photograph(lab, "jupyterlab")
    assert errors(lab) == []
    assert len(CODE) == 10
    cards, texts, tables, pictures = displays(lab)
    assert (cards, texts) == (1, 1)
    assert tables >= 4
    assert pictures == 4
    assert lab.locator(".jp-OutputArea-output:not(:empty)").count() == len(CODE) - 1  # the first only names the source
    assert lab.elsewhere == []


def test_the_reading_view_is_filtered_by_voice_mode_certainty_and_confidence(lab):
    whole = lined(lab)
    assert len(whole) > 30
    assert all(on for *_, on in whole)
    names = ("voice", "mode", "certainty", "sure")
    voice, mode, certainty, sure = (lab.locator(f'.reader select[name="{name}"]') for name in names)
    voice.select_option("1")
    assert {v for v, _, on in lined(lab) if on} == {"1"}
    mode.select_option("direct")
    assert {(v, m) for v, m, on in lined(lab) if on} == {("1", "direct")}
    voice.select_option("")
    mode.select_option("")
    assert lab.locator(".letter.again:visible").count() == 0
    certainty.select_option("predicted")
    left = lab.locator('.said[data-certainty="predicted"]').count()
    assert 0 < left == sum(on for *_, on in lined(lab)) < len(whole)
    assert lab.locator(".said .letter:visible").count() == left  # each says whose it is
    certainty.select_option("")
    sure.select_option("3")
    assert 0 < sum(on for *_, on in lined(lab)) < len(whole)
    sure.select_option("")
    assert lined(lab) == whole


def test_a_statement_says_whose_it_is_on_hover_and_on_focus(lab):
    tip = "(it) => getComputedStyle(it, '::after').content"
    first = lab.locator('.said[data-voice="1"]').first
    assert first.evaluate(tip) == "none"
    first.hover()
    assert "Edran Volhane: direct, sentence 14" in first.evaluate(tip)
    second = lab.locator('.said[data-voice="0"]').first
    second.focus()
    assert "Marec Dulvanne: direct" in second.evaluate(tip)


def test_keys_pressed_in_a_list_are_no_commands_of_jupyter(lab):
    cells = lab.locator(".jp-Cell").count()
    lab.locator(".reader select").first.focus()
    lab.keyboard.press("d")
    lab.keyboard.press("d")
    assert lab.locator(".jp-Cell").count() == cells


def test_a_restarted_kernel_runs_all_again(lab):
    before = displays(lab)
    lab.locator(".lm-MenuBar-itemLabel", has_text="Kernel").click()
    lab.locator('[data-command="runmenu:restart-and-run-all"]').click()
    lab.locator(".jp-Dialog button.jp-mod-accept").click()
    lab.wait_for_function(f"{PROMPTS}.at(-1) !== '{COUNTED[-1]}'")
    lab.wait_for_function(ALL_RAN)
    assert errors(lab) == []
    assert displays(lab) == before
