#!/bin/sh
# Makes a virtual environment with everything pinned in requirements/, and the project itself.
# Usage: install.sh FOLDER. PYTHON=... chooses the interpreter of a new one.
set -eu
venv=$1

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

choose() {
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if suitable "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# Debian ships Python without the part that puts pip into an environment.
make_environment() {
    if "$1" -c 'import ensurepip' >/dev/null 2>&1; then
        "$1" -m venv "$venv"
        return
    fi
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $package ..." >&2
        export DEBIAN_FRONTEND=noninteractive
        if apt-get update -qq >&2 && apt-get install -qq -y --no-install-recommends "$package" >&2; then
            "$1" -m venv "$venv"
            return
        fi
    fi
    stop "This Python cannot make environments. Install the package $package (sudo apt install $package) and try again."
}

if ! suitable "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(choose)
    if [ -z "$python" ]; then
        stop "Python 3.11, 3.12 or 3.13 is needed. Install one (Debian: sudo apt install python3 python3-venv; macOS: brew install python@3.13), or name it: make install PYTHON=/path/to/python3.12"
    fi
    rm -rf "$venv"
    make_environment "$python"
fi

echo "Installing into $venv ..." >&2
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
pip() {
    "$venv/bin/python" -m pip install --quiet "$@"
}
pip --require-hashes -r requirements/build.txt
# Without isolation what has to be built (the fonts) is built with the tools pinned above.
pip --require-hashes --no-build-isolation -r requirements/dev.txt
pip --no-deps --no-build-isolation -e .
