#!/bin/sh
# Makes or renews .venv from a lock. `run` installs requirements.lock, `dev` requirements-dev.lock (which contains it).
# The stamp keeps the lock's checksum, so that a second start costs nothing.
set -eu
kind=$1
case $kind in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) exit 2 ;;
esac

fail() {
	echo "$1" >&2
	exit 1
}

find_python() {
	if [ -n "${PYTHON:-}" ]; then
		command -v "$PYTHON" >/dev/null || fail "PYTHON=$PYTHON was not found."
		echo "$PYTHON"
		return
	fi
	for name in python3 python3.13 python3.12 python3.11; do
		if command -v "$name" >/dev/null && is_supported "$name"; then
			echo "$name"
			return
		fi
	done
	command -v python3 >/dev/null || fail "Python was not found. Install Python 3.11, 3.12 or 3.13 (Debian: apt install python3 python3-venv)."
	echo python3
}

is_supported() {
	"$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

make_venv() {
	python=$(find_python)
	is_supported "$python" || fail "$python is $("$python" --version 2>&1); Python 3.11, 3.12 or 3.13 is needed. Name one: make $(target) PYTHON=python3.12"
	"$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$python has no venv. On Debian: apt install python3-venv"
	echo "Making .venv with $("$python" --version)"
	rm -rf .venv
	"$python" -m venv .venv || fail "$python could not make .venv here. On Debian: apt install python3-venv; else look at the lines above."
}

target() {
	if [ "$kind" = run ]; then echo run; else echo setup; fi
}

checksum() {
	cksum <"$1"
}

holds() {
	[ -f ".venv/stamp-$1" ] && [ "$(cat ".venv/stamp-$1")" = "$(checksum "$2")" ]
}

[ -w . ] || fail "This folder cannot be written to: $(pwd)"
.venv/bin/python -c '' 2>/dev/null || make_venv
# The larger environment serves for running, too.
if [ "$kind" = run ] && holds dev requirements-dev.lock; then exit 0; fi
if holds "$kind" "$lock"; then exit 0; fi
echo "Installing from $lock"
.venv/bin/python -m pip install --quiet --require-hashes --requirement "$lock" || fail "The packages of $lock could not be installed; the lines above say why."
rm -f .venv/stamp-*
checksum "$lock" >".venv/stamp-$kind"
