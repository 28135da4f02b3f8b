# What people type. `just check` is exactly what CI runs.

bin := ".venv/bin"

# list the recipes
default:
    @just --list --unsorted

# everything that CI runs
check:
    .ci/run

# the tests; `just test tests/pipeline` for some of them
test *args:
    {{bin}}/pytest {{args}}

# the tests that need no Prefect server: seconds, not minutes
fast:
    {{bin}}/pytest -m "not prefect" tests

# how much of the code the tests run; the least share stands in pyproject.toml
coverage:
    {{bin}}/pytest --cov --cov-report=term:skip-covered

# formats what can be formatted, then says what is left
lint:
    {{bin}}/ruff check --fix
    {{bin}}/ruff format
    {{bin}}/sqlfluff fix warehouse/sql
    {{bin}}/mypy
    {{bin}}/lint-imports

# docs/warehouse.md from the comments in the tables, the schema of reports from its model, the
# README's answers from a demo run
docs:
    {{bin}}/python -m warehouse.dictionary > docs/warehouse.md
    {{bin}}/python -m schemas.published > docs/report.schema.json
    {{bin}}/pytest tests/test_readme.py --update-golden

# uv.lock from pyproject.toml, constraints.txt from uv.lock; needs uv
lock:
    uv lock
    just constraints

# constraints.txt from uv.lock; needs uv
constraints:
    .ci/constraints uv > constraints.txt

# known holes in what we depend on; asks a public service
audit:
    {{bin}}/pip-audit --skip-editable

# one night, without a scheduler
nightly:
    {{bin}}/citehouse query --format csv "select doi from core.cited_doi" | tail -n +2 | tr -d '"' | {{bin}}/citehouse refresh --from -
