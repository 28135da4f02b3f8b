"""match: who is the same work, and what is kept apart."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pipeline.forest import Forest
from pipeline.match import match
from schemas.identity import IdentityDecision, IdentityRow


def work(source, *tokens, **more):
    return IdentityRow(source, tokens[0], "work", tokens, **more)


def test_no_rows_give_an_empty_matching():
    assert match([]).members == []


def test_records_that_share_a_doi_are_one_work_named_by_it():
    found = match(
        [
            work("openalex", "doi:10.5555/a", "pmid:7", "openalex:W1"),
            work("opencitations", "pmid:7", "omid:br/1"),
        ]
    )

    assert set(found.work_of.values()) == {"doi:10.5555/a"}
    assert found.work_of["omid:br/1"] == "doi:10.5555/a"


def test_two_omids_for_one_doi_are_one_work():
    found = match(
        [
            work("opencitations", "doi:10.5555/a", "omid:br/1"),
            work("opencitations", "doi:10.5555/a", "omid:br/2"),
        ]
    )

    assert len(found.members) == 1


def test_two_dois_in_one_record_are_kept_apart_and_reported():
    found = match(
        [work("opencitations", "doi:10.5555/a", "doi:10.5555/b", "omid:br/1")]
    )

    assert len(found.members) == 2
    assert found.work_of["omid:br/1"] == "doi:10.5555/a"
    assert [(c.token_a, c.token_b, c.reason) for c in found.conflicts] == [
        ("doi:10.5555/a", "doi:10.5555/b", "two DOIs")
    ]


def test_two_dois_are_not_joined_by_a_chain_of_weaker_identifiers():
    found = match(
        [
            work("crossref", "doi:10.5555/a"),
            work("crossref", "doi:10.5555/b"),
            work("openalex", "doi:10.5555/a", "openalex:W1"),
            work("opencitations", "doi:10.5555/b", "openalex:W1"),
        ]
    )

    assert found.work_of["openalex:W1"] == "doi:10.5555/a"
    assert len(found.conflicts) == 1


def test_two_pmids_are_a_conflict():
    found = match(
        [
            work("openalex", "doi:10.5555/a", "pmid:1"),
            work("opencitations", "doi:10.5555/a", "pmid:2"),
        ]
    )

    assert found.work_of["pmid:2"] == "pmid:2"
    assert found.conflicts[0].reason == "two PMIDs"


def test_an_alias_of_the_registry_is_the_same_work_under_its_prime_doi():
    found = match(
        [
            work("crossref", "doi:10.5555/z-prime", aliases=("doi:10.5555/alias",)),
            work("opencitations", "doi:10.5555/alias", "omid:br/1"),
        ]
    )

    assert set(found.work_of.values()) == {"doi:10.5555/z-prime"}
    assert found.conflicts == []


def test_chained_aliases_end_at_the_last_prime():
    found = match(
        [
            work("crossref", "doi:10.5555/b", aliases=("doi:10.5555/a",)),
            work("crossref", "doi:10.5555/c", aliases=("doi:10.5555/b",)),
        ]
    )

    assert set(found.work_of.values()) == {"doi:10.5555/c"}


def test_two_dois_that_call_each_other_an_alias_are_one_work():
    rows = [
        work("crossref", "doi:10.5555/b", aliases=("doi:10.5555/a",)),
        work("crossref", "doi:10.5555/a", aliases=("doi:10.5555/b",)),
    ]

    assert set(match(rows).work_of.values()) == {"doi:10.5555/a"}


def test_preprint_and_published_version_are_two_works_in_one_group():
    found = match(
        [
            work("crossref", "doi:10.5555/a-preprint", is_preprint=True),
            work(
                "crossref",
                "doi:10.5555/b-article",
                is_preprint=False,
                version_tokens=("doi:10.5555/a-preprint",),
            ),
        ]
    )

    assert [tuple(member) for member in found.members] == [
        ("doi:10.5555/a-preprint", "doi:10.5555/b-article", True),
        ("doi:10.5555/b-article", "doi:10.5555/b-article", False),
    ]


def test_a_record_that_holds_a_preprint_doi_and_a_published_doi_makes_a_version_group():
    found = match([work("opencitations", "doi:10.1101/2020.01.01", "doi:10.5555/b")])

    assert {member.version_group_id for member in found.members} == {"doi:10.5555/b"}
    assert found.conflicts == []


def test_crossref_decides_what_is_a_preprint():
    found = match(
        [
            work("openalex", "doi:10.5555/a", is_preprint=True),
            work("crossref", "doi:10.5555/a", is_preprint=False),
        ]
    )

    assert found.members[0].is_preprint is False


def test_a_link_to_a_version_that_nobody_named_makes_no_work():
    found = match(
        [work("crossref", "doi:10.5555/a", version_tokens=("doi:10.5555/x",))]
    )

    assert len(found.members) == 1


TOKENS = st.sampled_from(
    [f"doi:10.5555/{letter}" for letter in "abcd"]
    + [f"pmid:{number}" for number in range(1, 4)]
    + [f"openalex:W{number}" for number in range(1, 4)]
    + ["doi:10.1101/p", "omid:br/1"]
)
ROWS = st.builds(
    IdentityRow,
    source=st.sampled_from(["crossref", "openalex", "opencitations"]),
    record_key=st.sampled_from(["1", "2", "3", "4"]),
    side=st.sampled_from(["work", "citing", "cited"]),
    tokens=st.lists(TOKENS, min_size=1, max_size=3, unique=True).map(tuple),
    aliases=st.lists(TOKENS.filter(lambda t: t.startswith("doi:")), max_size=1).map(
        tuple
    ),
    version_tokens=st.lists(TOKENS, max_size=1).map(tuple),
    is_preprint=st.sampled_from([True, False, None]),
)


@given(rows=st.lists(ROWS, max_size=12), data=st.data())
def test_order_and_repetition_of_records_change_nothing(rows, data):
    shuffled = data.draw(st.permutations(rows + rows[:3]))

    assert match(shuffled) == match(rows)


@given(rows=st.lists(ROWS, max_size=12))
def test_no_work_ever_holds_two_dois_that_are_not_aliases(rows):
    no_alias = [row._replace(aliases=()) for row in rows]
    found = match(no_alias)

    dois = [token for token in found.work_of if token.startswith("doi:")]
    assert len({found.work_of[doi] for doi in dois}) == len(dois)


@given(rows=st.lists(ROWS, max_size=12))
def test_the_joins_of_each_work_are_a_tree_over_its_identifiers(rows):
    found = match(rows)
    forest = Forest()
    for join in found.joins:
        assert found.work_of[join.token_a] == found.work_of[join.token_b] == join[0]
        assert forest.find(join.token_a) != forest.find(join.token_b)
        forest.union(join.token_a, join.token_b)

    works = set(found.work_of.values())
    assert len(found.joins) == len(found.work_of) - len(works)


@given(rows=st.lists(ROWS, max_size=12), data=st.data())
def test_no_record_brings_together_what_a_person_has_split(rows, data):
    found = match(rows)
    members = {}
    for token, work_id in found.work_of.items():
        members.setdefault(work_id, []).append(token)
    several = [sorted(tokens) for tokens in members.values() if len(tokens) > 1]
    if not several:
        return
    tokens = data.draw(st.sampled_from(several))
    cut = data.draw(st.integers(1, len(tokens) - 1))
    parted = match(rows, [decision("split", tokens[:cut], tokens[cut:])])

    taken_off = {parted.work_of[token] for token in tokens[:cut]}
    assert taken_off.isdisjoint(parted.work_of[token] for token in tokens[cut:])
    assert parted.work_of.keys() == found.work_of.keys()


@given(rows=st.lists(ROWS, max_size=12))
def test_preprint_links_alone_never_chain_two_published_dois(rows):
    # Every link says "preprint", and leads to a work that is described as one.
    articles = [
        row._replace(
            aliases=(),
            version_tokens=("doi:10.1101/p",),
            preprint_tokens=("doi:10.1101/p",),
            is_preprint=False,
        )
        for row in rows
        if "doi:10.1101/p" not in row.tokens
    ]
    found = match([work("crossref", "doi:10.1101/p", is_preprint=True), *articles])
    published = [
        one.version_group_id
        for one in found.members
        if one.work_id.startswith("doi:") and not one.is_preprint
    ]

    assert len(set(published)) == len(published)


def decision(action, tokens, kept=(), decision_id="d1"):
    return IdentityDecision(
        decision_id=decision_id,
        action=action,
        tokens=tuple(tokens),
        kept=tuple(kept),
        decided_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def groups(found):
    return {one.work_id: one.version_group_id for one in found.members}


def test_a_conflict_found_late_keeps_both_works_and_says_who_joined_them():
    found = match(
        [
            work("crossref", "doi:10.5555/a", "openalex:W1"),
            work("crossref", "doi:10.5555/b", "omid:br/1"),
            work("opencitations", "openalex:W1", "omid:br/1"),
        ]
    )

    assert found.work_of["omid:br/1"] == "doi:10.5555/b"
    assert [tuple(one) for one in found.conflicts] == [
        ("openalex:W1", "omid:br/1", "opencitations", "openalex:W1", "two DOIs")
    ]


def test_a_preprint_of_two_articles_goes_with_the_first_and_the_other_is_reported():
    preprint = "doi:10.1101/p"
    found = match(
        [
            work("crossref", preprint, is_preprint=True),
            work(
                "openalex",
                "doi:10.5555/a",
                version_tokens=(preprint,),
                is_preprint=False,
                preprint_tokens=(preprint,),
            ),
            work(
                "crossref",
                "doi:10.5555/b",
                version_tokens=(preprint,),
                is_preprint=False,
                preprint_tokens=(preprint,),
            ),
        ]
    )

    # The registry is believed before the aggregator, whatever the keys.
    assert groups(found) == {
        preprint: "doi:10.5555/b",
        "doi:10.5555/a": "doi:10.5555/a",
        "doi:10.5555/b": "doi:10.5555/b",
    }
    assert [(c.token_a, c.token_b, c.reason) for c in found.conflicts] == [
        ("doi:10.5555/a", preprint, "two published versions")
    ]


def test_versions_of_a_concept_doi_are_one_group_of_several_works():
    concept = "doi:10.5281/zenodo.1"
    found = match(
        [
            work("datacite", f"doi:10.5281/zenodo.{n}", version_tokens=(concept,))
            for n in (2, 3)
        ]
    )

    assert set(groups(found)) == {"doi:10.5281/zenodo.2", "doi:10.5281/zenodo.3"}
    assert len(set(groups(found).values())) == 1
    assert found.conflicts == []


def test_a_link_by_pmid_leads_to_the_work_that_has_the_pmid():
    found = match(
        [
            work("openalex", "doi:10.5555/a", "pmid:7", is_preprint=False),
            work(
                "europepmc",
                "epmc:PPR/PPR1",
                is_preprint=True,
                version_tokens=("pmid:7",),
                preprint_tokens=("pmid:7",),
            ),
        ]
    )

    assert groups(found)["epmc:PPR/PPR1"] == "doi:10.5555/a"
    assert [one.is_preprint for one in found.members] == [False, True]


def test_a_merge_by_a_person_wins_over_two_dois_and_a_split_over_the_merge():
    rows = [work("crossref", f"doi:10.5555/{name}", f"pmid:{name}") for name in "ab"]
    merged = decision("merge", ["doi:10.5555/a", "doi:10.5555/b"])
    apart = decision(
        "split",
        ["doi:10.5555/b", "pmid:b"],
        ["doi:10.5555/a", "pmid:a"],
        decision_id="d2",
    )

    found = match(rows, [merged])
    assert set(found.work_of.values()) == {"doi:10.5555/a"}
    assert [one.decided_by for one in found.joins] == ["record", "record", "user"]
    assert match(rows, [merged, apart]).work_of == match(rows).work_of


def test_a_merge_of_what_no_record_names_makes_no_work():
    found = match(
        [work("crossref", "doi:10.5555/a")],
        [decision("merge", ["doi:10.5555/a", "doi:10.5555/z"])],
    )

    assert set(found.work_of) == {"doi:10.5555/a"}


def test_an_alias_can_be_split_off_its_prime_doi():
    rows = [
        work("crossref", "doi:10.5555/prime", aliases=("doi:10.5555/alias",)),
        work("opencitations", "doi:10.5555/alias", "omid:br/1"),
    ]
    apart = decision("split", ["doi:10.5555/alias", "omid:br/1"], ["doi:10.5555/prime"])

    assert set(match(rows, [apart]).work_of.values()) == {
        "doi:10.5555/alias",
        "doi:10.5555/prime",
    }
