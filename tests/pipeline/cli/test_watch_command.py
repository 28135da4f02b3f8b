"""`citehouse watch`, and the runs that ask about the watched works."""

import json

import pytest

from pipeline.cli.app import run

DOI = "10.5555/citehouse.tides.2021"


@pytest.fixture
def watch(nowhere, capsys):  # noqa: ARG001 - stands in that folder
    """`citehouse watch ...` in a folder of its own: exit code, stdout, stderr."""

    def call(*words):
        code = run(["watch", *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


def test_works_are_added_listed_and_removed(watch, nowhere):
    assert watch("add", "doi:10.5555/B", "10.5555/a", "--tag", "my thesis") == (
        0,
        "",
        f"Made the folder {nowhere / 'home'}.\n2 added; 2 works watched\n",
    )
    assert watch("list")[:2] == (
        0,
        "10.5555/a  # my thesis\n10.5555/b  # my thesis\n",
    )
    assert watch("remove", "10.5555/A") == (0, "", "1 removed; 1 work watched\n")
    assert watch("remove", "--tag", "my  thesis")[0] == 0
    code, out, err = watch("list")
    assert (code, out) == (0, "")
    assert "nothing is watched; begin: citehouse watch add DOI" in err


def test_the_list_and_the_reports_are_json_for_programs(watch, nowhere):
    (nowhere / "a.txt").write_text("10.5555/a\nrubbish\n")
    code, out, _ = watch("import", "a.txt", "--json")
    report = json.loads(out)
    assert (code, report["watched_count"], report["files"][0]["broken_count"]) == (
        3,
        1,
        1,
    )
    assert report["problems"][0]["line"] == 2

    _, out, _ = watch("add", "10.5555/a", "--tag", "m", "--json")
    assert json.loads(out)["tagged_count"] == 1
    _, out, _ = watch("list", "--tag", "m", "--json")
    (work,) = json.loads(out)
    assert (work["doi"], work["tags"], work["from_file"]) == (
        "10.5555/a",
        ["m"],
        "a.txt",
    )
    _, out, _ = watch("remove", "--tag", "m", "--tag-only", "--json")
    assert json.loads(out)["untagged"] == ["10.5555/a"]
    assert json.loads(watch("list", "--tag", "m", "--json")[1]) == []


def test_an_import_names_each_broken_line_and_says_what_next(watch, nowhere):
    bad = "".join(f"rubbish {n}\n" for n in range(30))
    (nowhere / "a.txt").write_text(f"10.5555/a\n{bad}")

    code, out, err = watch("import", "a.txt")

    assert (code, out) == (3, "")
    assert "citehouse: a.txt, line 2: not a DOI: 'rubbish 0'" in err
    assert "and 10 more; --json has them all" in err
    assert "a.txt (dois): 31 entries, 1 added, 30 broken\n" in err
    assert "import the file again" in err


def test_an_import_of_nothing_usable_is_exit_code_1(watch, nowhere):
    (nowhere / "a.bib").write_text("@misc{k, title = {moss}}")
    code, _, err = watch("import", "a.bib")
    assert code == 1
    assert "1 without a DOI" in err
    assert not (nowhere / "home").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["remove", "10.5555/a", "10.5555/z"], 3),
        (["remove", "10.5555/z"], 1),
        (["remove", "--tag", "nobody"], 1),
        (["list", "--tag", "nobody"], 0),
    ],
)
def test_what_is_not_on_the_list_is_named(watch, words, code):
    watch("add", "10.5555/a")
    found, _, err = watch(*words)
    assert found == code
    assert "10.5555/z: not watched" in err or "the tag 'nobody'" in err


@pytest.mark.parametrize("words", [["list"], ["remove", "10.5555/a"]])
def test_a_mistyped_home_is_named_and_not_made(watch, nowhere, words):
    code, out, err = watch("--home", "elsewhere", *words)
    assert (code, out) == (1, "")
    assert "there is no folder elsewhere" in err
    assert not (nowhere / "elsewhere").exists()


def test_what_list_prints_can_be_imported_and_fits_80_columns(watch, nowhere):
    tags = [f"--tag=tag number {n}" for n in range(12)]
    watch("add", "10.5555/a", f"10.5555/{'b' * 90}", *tags)
    _, out, _ = watch("list")
    assert max(len(line) for line in out.splitlines() if line[0] == " ") <= 80
    (nowhere / "list.txt").write_text(out)

    code, _, err = watch("import", "list.txt", "--home", "other")

    assert code == 0
    assert "2 entries, 2 added" in err


@pytest.mark.parametrize("name", ["add", "import", "list", "remove"])
def test_every_command_has_an_example_in_its_help(watch, name):
    code, out, _ = watch(name, "--help")
    assert code == 0
    assert "Examples:" in out
    assert f"citehouse watch {name}" in out


def test_standard_input_is_a_file(shell_at, tmp_path):
    shell = shell_at(tmp_path, CITEHOUSE_HOME=str(tmp_path / "home"))
    done = shell("watch", "import", "-", stdin="DOI;Title\n10.5555/a;moss\nx;y\n")
    assert done.returncode == 3
    assert "standard input, line 3: not a DOI: 'x'" in done.stderr
    assert shell.data("watch", "list") == "10.5555/a\n"


def test_a_refresh_asks_about_the_watched_works(online):
    asked = ("10.5555/citehouse.mirrors.2014", "10.5555/citehouse.tides.2021")
    online("watch", "add", asked[0], "--tag", "m")
    online("watch", "add", asked[1])

    report = json.loads(online.data("refresh", "--watched", "--tag", "m", "--json"))
    assert [one["cited_doi"] for one in report["cited"]] == [asked[0]]

    report = json.loads(online.data("refresh", "--watched", asked[0].upper(), "--json"))
    assert {one["cited_doi"] for one in report["cited"]} == {asked[0], asked[1]}


def test_a_watch_list_stays_through_a_rebuild(online):
    online("watch", "add", DOI)
    online("refresh", "--watched")
    online("rebuild")
    assert online.data("watch", "list") == f"{DOI}\n"
