#!/bin/sh
# Installs Dateline into .venv; with the word `dev`, what its tests and checks need too.
#   PYTHON       the Python to use; the first fit one found, if empty
#   TORCH_INDEX  an index of PyTorch's CPU builds; pip's own index, if empty or silent
set -eu

python=.venv/bin/python
log=.venv/install.log
fit='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# step WHAT COMMAND...: one line for the reader, the command's own words for the log.
step() {
    printf '%s\n' "$1"
    shift
    "$@" >>"$log" 2>&1 </dev/null || {
        tail -n 15 "$log" >&2
        stop "" "That step failed; the whole of its output is in $log." \
            "Check the network and that 4 GB of disk are free, then run make again."
    }
}

candidates() {
    if [ -n "${PYTHON:-}" ]; then
        printf '%s\n' "$PYTHON"
    else
        printf '%s\n' python3.13 python3.12 python3.11 python3 python \
            "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.1[123].*/bin/python
    fi
}

# first_in_which CODE: the first candidate that runs the code without error; nothing if none does.
first_in_which() {
    candidates | while IFS= read -r candidate; do
        if "$candidate" -c "$1" </dev/null >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

make_venv() {
    if [ -x $python ] && $python -c "$fit" && $python -c 'import pip'; then
        return
    fi
    chosen=$(first_in_which "import ensurepip, venv; $fit")
    if [ -z "$chosen" ]; then
        if [ -n "$(first_in_which "$fit")" ]; then
            stop "The Python here cannot make virtual environments: its venv module is missing." \
                "On Debian and Ubuntu: sudo apt install python3-venv. Then run make again."
        fi
        stop "Dateline needs Python 3.11, 3.12 or 3.13, and there is none${PYTHON:+ at $PYTHON}." \
            "Debian, Ubuntu: sudo apt install python3 python3-venv. macOS: brew install python@3.13." \
            "Anywhere: pyenv install 3.13. Then run make again, or make PYTHON=/path/to/python3.13."
    fi
    echo "Making .venv with $("$chosen" --version)"
    "$chosen" -m venv --clear .venv
}

# A silent index costs 5 seconds here, and many minutes inside pip.
answers() {
    $python -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5)' \
        "${1%/}/torch/" >/dev/null 2>&1
}

# Before the rest, so that what depends on torch takes this build for its own.
install_torch() {
    set -- $python -m pip install --constraint constraints.txt torch
    if [ -z "${TORCH_INDEX:-}" ]; then
        [ "$(uname -s)" != Linux ] || echo "PyTorch comes from pip's own index, perhaps as its" \
            "CUDA build of several GB; README.md says how TORCH_INDEX gets the small one."
    elif answers "$TORCH_INDEX"; then
        set -- "$@" --extra-index-url "$TORCH_INDEX"
    else
        echo "$TORCH_INDEX does not answer: PyTorch comes from pip's own index"
    fi
    step "Installing PyTorch (200 MB as a CPU build; a minute or two)" "$@"
}

case ${1:-} in
dev)
    step "Installing what the tests and checks need (a few seconds)" \
        $python -m pip install --constraint constraints.txt --editable '.[dev]'
    ;;
*)
    make_venv
    install_torch
    step "Installing the other packages (a minute or two)" \
        $python -m pip install --constraint constraints.txt --editable '.[llm]'
    step "Exporting the sentence encoder (a few seconds)" $python -m index.encoder.export
    ;;
esac
