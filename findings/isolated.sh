# Sourced by the findings: `isolated PACKAGE==VERSION… <<'PYTHON'` runs the Python on standard input in an environment
# of its own with just these packages, in a temporary folder that is gone afterwards. Nothing of Lagerbro is in it.
set -eu

isolated() {
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    trap 'exit 130' INT TERM HUP
    python3 -m venv "$place/env"
    if ! "$place/env/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >"$place/pip" 2>&1; then
        cat "$place/pip" >&2
        echo "not tried: $* could not be installed" >&2
        exit 2
    fi
    cat "$(dirname "$0")/observing.py" - >"$place/finding.py"
    (cd "$place" && env/bin/python -I finding.py)
}
