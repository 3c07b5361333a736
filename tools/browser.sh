#!/bin/sh
# Prints the path of a Chromium. As root on Debian it installs one; otherwise it says what to install.
set -eu

find_browser() {
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "$HOME/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "$HOME/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

find_browser && exit

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update -qq >&2 && apt-get install -qq -y --no-install-recommends chromium >&2; then
        find_browser && exit
    fi
fi

if [ "$(uname)" = Darwin ]; then
    how="brew install --cask chromium, or Google Chrome from its site"
else
    how="sudo apt install chromium"
fi
echo "The tests of the pages need a Chromium. Install one ($how) and run make test again." >&2
exit 1
