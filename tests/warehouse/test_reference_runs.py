"""In which runs a record listed a reference does not depend on the order of loading."""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.stage import content_hash
from warehouse.load import load_staged

TOKENS = [f"openalex:W{number}" for number in range(1, 4)]
VERSIONS = st.lists(
    st.tuples(st.sampled_from("xy"), st.sets(st.sampled_from(TOKENS))), max_size=4
)
"""Of one run: a record and its references; a record may come in several versions."""


def told(runs):
    """Source, record, token and run, as they follow from all versions at once."""
    versions = defaultdict(list)
    for run in runs:
        for _, parsed in run.answers:
            for record in parsed.works:
                versions[record.record_key].append((run.run_id, record))
    for key, seen in versions.items():
        runs_of = {run_id for run_id, _ in seen}
        _, newest = max(seen, key=lambda one: (one[0], content_hash(one[1])))
        for token in {token for _, record in seen for token in record.references}:
            having = {run_id for run_id, record in seen if token in record.references}
            if having != runs_of or token not in newest.references:
                yield from (("openalex", key, token, run_id) for run_id in having)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(nights=st.lists(VERSIONS, min_size=1, max_size=4), data=st.data())
def test_it_follows_from_all_versions_whatever_came_first(
    make_world, work, nights, data
):
    world = make_world()
    parts = []
    for night in nights:
        run = world.run("10.1/a", sources=("openalex",))
        for place, (name, references) in enumerate(night):
            record = work(f"openalex:{name}", references=tuple(sorted(references)))
            run.answer("openalex", "work", f"10.1/{place}", record)
            parts.append((run, run.stage([place], f"part-{place}")))
    again = data.draw(st.lists(st.sampled_from(parts), max_size=2)) if parts else []
    for run, folder in data.draw(st.permutations([*parts, *again])):
        load_staged(world.con, [folder], run.manifest)

    found = world.rows("from staging.reference_run")
    assert sorted(found) == sorted(told(world.runs))
