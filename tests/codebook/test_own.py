"""A codebook of the user's own: what it adds, and one clear line for what does not fit."""

import pytest

from toolkit.codebook.own import COLUMNS, read_own
from toolkit.errors import CodebookError


@pytest.fixture
def file(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "mine.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_every_name_of_an_entry_leads_to_it(file):
    own = read_own(
        file("# actors\nkind,name,aliases,country\nstate,Tarkunia,Tarkun Republic;TKU,TA\nmedia,Olvenpress,,TA\n")
    )
    assert {name: entry.name for name, entry in own.by_name.items()} == {
        "Tarkunia": "Tarkunia",
        "Tarkun Republic": "Tarkunia",
        "TKU": "Tarkunia",
        "Olvenpress": "Olvenpress",
    }
    assert own.by_name["Olvenpress"].country == "TA"


def test_offices_of_ones_own_come_before_those_shipped(file):
    own = read_own(
        file(
            "kind,name,country,office,from,to\n"
            "person,Ada Lind,FR,president,2019-01,2021\nperson,Ada Lind,FR,prime minister,2022,\n"
        )
    )
    assert own.holders("FR", "president", "2020-05-01") == ["Ada Lind"]
    assert own.holders("FR", "prime minister", "2023-05-01") == ["Ada Lind"]
    assert own.holders("FR", "president", "2023-05-01") == ["Emmanuel Macron"]


def test_a_place_has_its_point(file):
    own = read_own(file("kind,name,aliases,latitude,longitude\nplace,Harruv Bank,the Bank of Harruv,54.5,3\n"))
    assert (own.by_name["Harruv Bank"].place.latitude, own.by_name["Harruv Bank"].place.longitude) == (54.5, 3.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1: is empty: begin with a line kind,name,aliases,country"),
        ("# only a remark\n", "line 1: is empty"),
        ("kind,name,motto\n", "line 1: there is no column 'motto': the columns are " + ", ".join(COLUMNS)),
        ("kind;name\nmedia;Post\n", "line 1: its cells are parted by semicolons"),
        ("kind\tname\nmedia\tPost\n", "line 1: its cells are parted by tabs"),
        ("kind,name\n", "line 1: has no row below it"),
        ('kind,name\nmedia,"Post\n', "line 2: has a quotation mark that does not close"),
        ("kind,name,name\n", "line 1: the column 'name' is there twice"),
        ("kind,aliases\n", "line 1: has no column 'name'"),
        ("kind,name\nperson\n", "line 2: has 1 cells, give it 2"),
        ("kind,name\n\nalien,Ada Lind\n", "line 3: there is no kind 'alien': it is one of person, state"),
        ("kind,name\nperson,\n", "line 2: has no name"),
        ("kind,name,country\nperson,Ada Lind,France\n", "line 2: code 'France' is none"),
        ("kind,name,country\nperson,Ada Lind,QQ\n", "line 2: no state has the code 'QQ'"),
        ("kind,name,aliases\nmedia,Post,HP\nmedia,Herald,HP\n", "line 3: 'HP' is listed in line 2 too"),
        ("kind,name,aliases\nmedia,Post,HP;HP\n", "line 2: 'HP' is listed twice in the row too"),
        ("kind,name\nmedia,Post\nmedia,Post\n", "line 3: 'Post' is listed in line 2 too"),
        (
            "kind,name,aliases\nplace,Kiev,Kyiv\nplace,Kyiv,Kiev\n",
            "line 2: Kiev is an alias of Kyiv is an alias of Kiev",
        ),
        ("kind,name,aliases\nmedia,A1,A1x\nmedia,A1x,A2\n", "line 3: 'A1x' is an alias of 'A1' in line 2"),
        ("kind,name,office,country,from\nperson,Ada Lind,king,FR,soon\n", "line 2: 'soon' is no day"),
        ("kind,name,office,country,from,to\nperson,Ada Lind,king,FR,2020,2019\n", "line 2: Ada Lind leaves before"),
        ("kind,name,office,from\nperson,Ada Lind,king,2020\n", "line 2: an office is a person's, of a country"),
        ("kind,name,latitude,longitude\nplace,Harruv,north,3\n", "line 2: 'north', '3' is no point"),
        ("kind,name,latitude,longitude\nmedia,Post,1,3\n", "line 2: only a place has a point"),
    ],
)
def test_what_does_not_fit_is_told_in_one_line_with_file_and_row(file, text, told):
    with pytest.raises(CodebookError) as error:
        read_own(file(text))
    assert f"mine.csv, {told}" in str(error.value)
    assert "\n" not in str(error.value)


def test_another_encoding_is_told_with_the_line_that_is_not_utf8(file):
    with pytest.raises(CodebookError, match=r"mine\.csv, line 2: is not UTF-8: save the file as UTF-8"):
        read_own(file("kind,name\nperson,Élise\n", encoding="latin-1"))


def test_a_byte_order_mark_is_no_part_of_the_first_column(file):
    assert "Élise" in read_own(file("\ufeffkind,name\nperson,Élise\n")).by_name


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CodebookError, match="cannot be read"):
        read_own(tmp_path / "none.csv")
