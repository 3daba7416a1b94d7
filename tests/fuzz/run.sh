#!/usr/bin/env bash
# Fuzzes each target, and each report format by itself, with the sanitizers: ends with the first finding.
#   tests/fuzz/run.sh [seconds for each, 300] [target or format ...]
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-300}
shift || true
build=build/fuzz
cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 \
  -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" -DGATE_SANITIZE=address,undefined,fuzzer-no-link -DGATE_FUZZ=ON >/dev/null
cmake --build "$build" --target all_fuzz

topics=$(basename -a -s _fuzz.cpp tests/fuzz/*_fuzz.cpp | grep -vx formats)
formats=$(sed -n 's/^GATE_FORMAT(\([a-z0-9_]*\),.*/\1/p' adapters/adapters.def | tr _ -)
[ $# -gt 0 ] || set -- $topics $formats
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
for name in "$@"; do
  topic=$name
  unset GATE_FUZZ_FORMAT
  if grep -qx -- "$name" <<<"$formats"; then
    topic=formats
    export GATE_FUZZ_FORMAT=$name
  fi
  mkdir -p "$found/$name" build/findings
  "$(find "$build" -name "${topic}_fuzz" -type f)" -max_total_time="$seconds" -max_len=65536 -timeout=20 -rss_limit_mb=4096 \
    -artifact_prefix="build/findings/$name-" -print_final_stats=1 "$found/$name" "tests/fuzz/corpus/$topic" >"$found/$name.log" 2>&1 ||
    { tail -n 40 "$found/$name.log"; exit 1; }
  printf '%-32s %s runs, no finding\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: //p' "$found/$name.log")"
done
