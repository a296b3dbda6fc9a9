"""A folder of reports as an RO-Crate, read back by the library's own reader."""

import hashlib

import pytest

from toolkit.errors import OutputError
from toolkit.report import manifest
from toolkit.report.crate import crate
from toolkit.report.parameters import load


@pytest.fixture
def reports(tmp_path):
    """Return a folder with the manifests of two reports and the files that they name."""
    for doc_id in ("a", "b"):
        folder = tmp_path / doc_id / "article,bars=6"
        folder.mkdir(parents=True)
        (folder / "article.html").write_text(f"<p>{doc_id}</p>")
        inputs = manifest.made_from(
            f"{doc_id}.txt", hashlib.sha256(doc_id.encode()).hexdigest(), load("article"), {"bars": 6}, ["html"]
        )
        run = {**inputs, "encoding": "utf-8", **manifest.outputs(folder, ["article.html"]), "about": {}, "warnings": []}
        times = {"began": f"2031-05-0{1 + (doc_id == 'b')}T00:00:00+00:00", "seconds": 1}
        manifest.write(folder, manifest.with_run({}, doc_id, "article", run, times=times, places={"source": "x"}))
    return tmp_path


def test_its_reader_finds_every_file_with_its_digest_and_what_it_was_made_from(reports):
    from rocrate.rocrate import ROCrate

    assert crate(reports).name == "ro-crate-metadata.json"
    read = ROCrate(reports)
    page = read.get("a/article,bars=6/article.html") or read.get("a/article%2Cbars%3D6/article.html")
    assert page["sha256"] == hashlib.sha256(b"<p>a</p>").hexdigest()
    assert page["encodingFormat"] == "text/html"
    assert len(read.data_entities) == 4
    [action] = [e for e in read.contextual_entities if e.type == "CreateAction" and e["name"] == "article on a.txt"]
    assert page in action["result"]
    assert {e["name"] for e in action["instrument"]} == {"Attribution Toolkit", "article"}
    assert {e["name"] for e in action["object"]} == {"a.txt", "bars"}
    assert read.root_dataset["datePublished"] == "2031-05-02T00:00:00+00:00"


def test_the_index_of_a_batch_and_its_failures_are_in_it(reports):
    from rocrate.rocrate import ROCrate

    (reports / "index.html").write_text("<p>all</p>")
    (reports / "manifest.json").write_text('{"reports": {}}')
    (reports / "failures").mkdir()
    (reports / "failures" / "c,1.txt").write_text("c was not read")
    crate(reports)
    names = {entity["name"] for entity in ROCrate(reports).data_entities}
    assert {"index.html", "manifest.json", "failures/c,1.txt"} <= names
    assert len(names) == 7


def test_it_is_the_same_to_the_byte_each_time(reports):
    first = crate(reports).read_bytes()
    assert crate(reports).read_bytes() == first


def test_a_folder_without_a_report_is_told(tmp_path):
    with pytest.raises(OutputError, match="holds no report"):
        crate(tmp_path)
    assert list(tmp_path.iterdir()) == []
