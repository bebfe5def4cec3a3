#!/bin/sh
# Pins anew what pyproject.toml allows; needs uv. “--upgrade” takes newer versions as well.
set -eu
cd "$(dirname "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND="deploy/refresh-pins.sh"

pin() {
    uv pip compile --quiet --universal --python-version 3.11 --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@"
}

# Everything, what builds the wheel as well: for “pip install -c”.
echo hatchling | pin "$@" --all-extras --no-emit-package onrecord \
    pyproject.toml - --output-file deploy/constraints.txt
# What runs on a host, each file by its hash: for “pip install --require-hashes -r”.
echo hatchling | pin "$@" --extra host --extra postgres --generate-hashes --constraint deploy/constraints.txt \
    pyproject.toml - --output-file deploy/requirements.txt
