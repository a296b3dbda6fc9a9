"""A crate: a folder of reports described as an RO-Crate, so that archives and other programs can read what made it."""

import mimetypes
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError
from toolkit.report import manifest
from toolkit.report.batch.index import FAILURES, INDEX
from toolkit.staging import MANIFEST, Staging

METADATA = "ro-crate-metadata.json"
_KINDS = {".ipynb": "application/x-ipynb+json"}
_LIBRARY = "https://www.apache.org/licenses/LICENSE-2.0"


def crate(folder: Path) -> Path:
    """Write METADATA into a folder that `toolkit report` or `toolkit batch` wrote, and return its path.

    Each report is an action: which text and notebook it was made from, with which values, and the files it came to.
    The index of a batch and what it says of failures are among the files.

    Raises
    ------
    OutputError
        When the folder holds no report, or cannot be written to.
    """
    from rocrate.model import ContextEntity
    from rocrate.rocrate import ROCrate

    found = {
        path.parent: content
        for path in sorted(folder.rglob(MANIFEST))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        if (content := manifest.read(path.parent)).get("runs")
    }
    if not found:
        raise OutputError(f"{folder} holds no report: name a folder that `toolkit report` or `toolkit batch` wrote")
    made = ROCrate()
    began = [time["began"] for content in found.values() for time in content["times"].values()]
    made.root_dataset["datePublished"] = max(began, default="1970-01-01")
    made.name = "Attribution reports"
    made.description = "Who says what in news texts: reports, the executed notebooks, and what they were made from."

    def entity(key: str, kind: str, **properties: Any) -> Any:
        there = made.get(key)
        return there or made.add(ContextEntity(made, key, {"@type": kind, **properties}))

    def file(path: Path, **properties: Any) -> Any:
        kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = path.relative_to(folder).as_posix()
        return made.add_file(path, name, properties={"name": name, "encodingFormat": kind, **properties})

    for place, content in found.items():
        listed = file(place / MANIFEST)
        for name, run in content["runs"].items():
            toolkit = entity(
                f"#toolkit-{run['code'][:16]}",
                "SoftwareApplication",
                name="Attribution Toolkit",
                softwareVersion=run["toolkit"],
                license={"@id": _LIBRARY},
            )
            text = entity(
                f"#source-{run['source']['sha256'][:16]}",
                "CreativeWork",
                name=run["source"]["file"],
                sha256=run["source"]["sha256"],
            )
            notebook = entity(
                f"#notebook-{run['notebook']['sha256'][:16]}",
                "SoftwareSourceCode",
                name=run["notebook"]["name"],
                sha256=run["notebook"]["sha256"],
                programmingLanguage="Python",
            )
            values = [
                entity(f"#{key}={value}", "PropertyValue", name=key, value=value)
                for key, value in run["parameters"].items()
            ]
            results = [
                file(place / output, sha256=digest, contentSize=str(run["sizes"][output]))
                for output, digest in run["outputs"].items()
            ]
            action = entity(
                f"#{(place / name).relative_to(folder).as_posix()}",
                "CreateAction",
                name=f"{name} on {run['source']['file']}",
                startTime=content["times"].get(name, {}).get("began", ""),
                actionStatus={"@id": "http://schema.org/CompletedActionStatus"},
            )
            action["instrument"] = [toolkit, notebook]
            action["object"] = [text, *values]
            action["result"] = [*results, listed]
            made.root_dataset.append_to("mentions", action)
    of_batch = [folder / INDEX, folder / MANIFEST, *sorted((folder / FAILURES).glob("*.txt"))]
    for path in of_batch:
        if path.is_file() and path.parent not in found:
            file(path)
    with Staging(folder) as staging:
        made.metadata.write(staging.folder)
        return staging.publish([METADATA])[0]
