#!/bin/sh
# Installs this checkout as a release of its own, and makes it the current one:
#   deploy/install.sh [FOLDER]      FOLDER is /opt/onrecord unless named
# FOLDER/current/bin/onrecord is the command. Older releases stay, to roll back to.
set -eu

into=${1:-/opt/onrecord}
source=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}

"$python" - <<'EOF' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit("install.sh: needs Python 3.11 or later; name one with PYTHON=/path/to/python3.")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("install.sh: this Python can't make environments; on Debian install python3-venv.")
EOF

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$source/pyproject.toml")
release="$into/releases/$version-$(date -u +%Y%m%dT%H%M%SZ)"
mkdir -p "$into/releases"
trap 'rm -rf "$release"' EXIT  # a release is whole or not there

"$python" -m venv "$release"
"$release/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes --requirement "$source/deploy/requirements.txt"
"$release/bin/python" -m pip install --quiet --no-cache-dir --disable-pip-version-check \
    --no-deps --no-build-isolation "$source"
"$release/bin/onrecord" --version

ln -sfn "releases/${release##*/}" "$into/current.new"
mv -T "$into/current.new" "$into/current"
trap - EXIT
echo "install.sh: $into/current is now ${release##*/}"
