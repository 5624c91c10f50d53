# The daily loop. `python3 dev.py setup` makes the environment that these recipes use as it is.

set positional-arguments

bin := if os() == "windows" { ".venv/Scripts" } else { ".venv/bin" }
compile := bin / "uv pip compile --no-config -q --universal --generate-hashes --no-header --python-version 3.11"

# List the recipes
default:
    @just --list --unsorted

# Style, types, import contracts and the fast tests: before every commit, under two minutes
check *ARGS:
    {{ bin }}/python dev.py check "$@"

# Everything: the checks and all tests, browser, terminal and kill -9 included
test *ARGS:
    {{ bin }}/python dev.py test "$@"

# Mend what ruff can mend, and format
fmt:
    {{ bin }}/ruff check -q --fix
    {{ bin }}/ruff format -q

# The console on a fresh demonstration chain (--traffic lets simulated phones send)
demo *ARGS:
    {{ bin }}/forecourt demo "$@"

# The console on your own data folder, or any other forecourt command
run *ARGS:
    {{ bin }}/forecourt "$@"

# The receiver alone, without a console
serve *ARGS:
    {{ bin }}/forecourt serve "$@"

# Measure speed and memory against their targets (docs/performance.md)
bench *ARGS:
    {{ bin }}/python -m tests.bench "$@"

# Pictures of every screen and phone page, into looks/: to be looked at
looks *ARGS:
    {{ bin }}/python -m tests.looks "$@"

# Accept the screens as they are now as the snapshots to come; look at the difference first
snapshots *ARGS:
    {{ bin }}/python -m pytest tests -q --snapshot-update "$@"

# Check every rulebook: form, sums, contradictions, worked cases
rulebooks:
    {{ bin }}/forecourt rulebook check rulebooks

# Derive every seal of the journal again and name the first entry that is broken
verify *ARGS:
    {{ bin }}/forecourt journal verify "$@"

# Lock the dependencies again from pyproject.toml, with hashes, for every platform; --upgrade takes newer ones
lock *ARGS:
    {{ compile }} --no-annotate --group bootstrap -o bootstrap.lock "$@"
    {{ compile }} --group source pyproject.toml -o requirements.lock "$@"
    {{ compile }} --group source --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock "$@"
