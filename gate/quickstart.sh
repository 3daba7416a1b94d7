#!/usr/bin/env bash
# Installs what the build needs, builds the release binary, and lets it judge this repository by the embedded default
# policy. Debian 12 or Ubuntu 24.04; nothing else is needed before it.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=gate/cmake/packages.sh
. gate/cmake/packages.sh

gate_install_build_packages
cmake --preset release >/dev/null
cmake --build --preset release

build=build/release
bash gate/cmake/bill.sh "$build"
# A key for this one build. A team's key lives in its build system, and its policy names the public half.
openssl genpkey -algorithm ed25519 -out "$build/quickstart.key" 2>/dev/null
openssl pkey -in "$build/quickstart.key" -pubout -out "$build/quickstart.pub"
builder=urn:gate:builder:quickstart
bash gate/cmake/provenance.sh "$build/gate" "$build/quickstart.key" "$builder" "$build/gate.intoto.json"
rm -f "$build/quickstart.key"

echo
status=0
"$build/gate" run --policy default \
  --compile-commands "$build" \
  --report "cyclonedx:$build/gate.cdx.json" \
  --report "cyclonedx:$build/security-updates.cdx.json" \
  --attestation "$build/gate.intoto.json=$build/gate" \
  --key "quickstart=$build/quickstart.pub" --builder "$builder" \
  --output "statement:$build/evidence/gate.intoto.json" \
  --output "markdown:$build/evidence/gate.md" \
  --output "sarif:$build/evidence/gate.sarif" \
  --output "junit:$build/evidence/gate.junit.xml" || status=$?

echo
case $status in
  0) echo "The gate works, and lets this repository through." ;;
  1) echo "The gate works. Its verdict on this repository is: fail (exit status 1), for the reasons above." ;;
  *) echo "The gate could not decide (exit status $status): see above." >&2; exit "$status" ;;
esac
