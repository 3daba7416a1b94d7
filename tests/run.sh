#!/usr/bin/env bash
# Installs what the tests need, builds, and runs them all. Nothing else is needed before it.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=gate/cmake/packages.sh
. gate/cmake/packages.sh

gate_install_build_packages
gate_install ccache gnupg gpgsm libgtest-dev libgmock-dev minisign openssh-client python3 python3-jsonschema python3-pytest python3-yaml rsync shellcheck signify-openbsd
if ! command -v node >/dev/null; then gate_install nodejs npm; fi
if [ ! -d tests/e2e/ci/node_modules ] || [ tests/e2e/ci/package-lock.json -nt tests/e2e/ci/node_modules ]; then
  npm ci --prefix tests/e2e/ci --no-audit --no-fund --loglevel=error
fi

cmake --preset ci >/dev/null
cmake --build --preset ci
ctest --test-dir build/ci --output-on-failure -j "$(nproc)" "$@"
