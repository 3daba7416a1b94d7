#!/usr/bin/env bash
# The steps of action.yml: github_action.sh judge|publish|conclude
set -euo pipefail
export LC_ALL=C

readonly undecided=3
readonly reports=(gate.txt gate.intoto.json gate.md gate.sarif gate.junit.xml)
readonly summary_limit=$((1024 * 1024))  # GitHub drops a longer summary whole

stop() {  # status, sentence
  echo "gate: $2" >&2
  exit "$1"
}

# One line each: a line break in a value would add outputs of its own to the file.
output() {  # name, value
  case $2 in *$'\n'* | *$'\r'*) stop 2 "a line break in $1" ;; esac
  printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

refuse_line_breaks() {
  local name
  for name in GATE_POLICY GATE_BASE GATE_COMPILE_COMMANDS GATE_ALLOWED_SIGNERS GATE_REPORT_DIR GATE_BINARY GATE_JOBS \
    GATE_CACHE GATE_CACHE_KEY GATE_SHARD GATE_SHARD_KEY GATE_WORKING_DIRECTORY; do
    case ${!name-} in *$'\n'* | *$'\r'*) stop 2 "a line break in the input ${name#GATE_}" ;; esac
  done
}

enter_working_directory() {
  local folder=${GATE_WORKING_DIRECTORY-}
  [ -z "$folder" ] || cd -- "$folder" || stop 2 "there is no folder $folder"
}

find_gate() {
  local built=${GITHUB_ACTION_PATH:-.}/build/release/gate
  if [ -n "${GATE_BINARY-}" ]; then
    if [ ! -f "$GATE_BINARY" ] || [ ! -x "$GATE_BINARY" ]; then
      stop "$undecided" "the input binary names no program: $GATE_BINARY"
    fi
    gate=$(realpath -- "$GATE_BINARY")
  elif [ -x "$built" ]; then
    gate=$built
  else
    gate=$(type -P gate) || stop "$undecided" "there is no gate: this action downloads none. Build one with \
'bash gate/quickstart.sh' in its repository, and name it with the input binary or put it on PATH"
  fi
  case $gate in *$'\n'*) stop 2 "a line break in the path of the gate" ;; esac
}

# --name=VALUE in one word: a value that starts with '-' stays a value.
add() {  # option, value
  [ -z "$2" ] || arguments+=("--$1=$2")
}

each_line() {  # text
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    line=${line#"${line%%[![:blank:]]*}"}
    line=${line%"${line##*[![:blank:]]}"}
    [ -z "$line" ] || printf '%s\n' "$line"
  done <<< "$1"
}

add_lines() {  # option, lines
  local line
  while IFS= read -r line; do add "$1" "$line"; done < <(each_line "$2")
}

add_words() {  # lines, each an argument and no option
  local line
  [ -z "$1" ] || arguments+=(--)
  while IFS= read -r line; do arguments+=("$line"); done < <(each_line "$1")
}

run_gate() {
  [ "$(uname -s)" = Linux ] || stop "$undecided" "this action runs on Linux; elsewhere, build gate and run it in a step"
  refuse_line_breaks
  enter_working_directory
  find_gate
  output gate-path "$gate"

  local folder=${GATE_REPORT_DIR:-gate-reports} report
  for report in "${reports[@]}"; do rm -f -- "$folder/$report"; done  # an old report is no report of this run
  local arguments=(run) shard=${GATE_SHARD-}
  if [ -n "${GATE_SHARDS-}" ]; then
    [ -z "$shard" ] || stop 2 "the inputs shard and shards are of different jobs"
    arguments=(merge)
  fi
  add policy "${GATE_POLICY-}"
  add base "${GATE_BASE-}"
  add compile-commands "${GATE_COMPILE_COMMANDS-}"
  add_lines report "${GATE_REPORTS-}"
  add_lines attestation "${GATE_ATTESTATIONS-}"
  add_lines key "${GATE_KEYS-}"
  add_lines builder "${GATE_BUILDERS-}"
  add allowed-signers "${GATE_ALLOWED_SIGNERS-}"
  add shard-key "${GATE_SHARD_KEY-}"
  if [ "${arguments[0]}" = run ]; then
    add cache "${GATE_CACHE-}"
    add cache-key "${GATE_CACHE_KEY-}"
  fi
  add jobs "${GATE_JOBS-}"
  add output "text:$folder/gate.txt"
  if [ -n "$shard" ]; then  # facts, and no report that could be taken for a verdict
    add shard "$shard"
    local file=$folder/${shard/\//-of-}.gate-shard
    rm -f -- "$file"
    add output "shard:$file"
  else
    add output "statement:$folder/gate.intoto.json"
    add output "markdown:$folder/gate.md"
    add output "sarif:$folder/gate.sarif"
    add output "junit:$folder/gate.junit.xml"
  fi
  add_words "${GATE_SHARDS-}"
  exec "$gate" "${arguments[@]}"
}

# Whatever is no exit status of the gate (a crash, a kill, nothing at all) is no verdict.
known_status() {
  case ${1-} in [0-3]) echo "$1" ;; *) echo "$undecided" ;; esac
}

# GitHub's runner obeys commands in a log, and a log tells of hostile names: only the gate's annotations get through.
relay() {
  local token line annotations=()
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$token"
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '::error '* | '::error::'* | '::warning '* | '::warning::'*) annotations+=("$line") ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
  echo "::$token::"
  [ ${#annotations[@]} -eq 0 ] || printf '%s\n' "${annotations[@]}"
}

judge() {
  local status
  set +e
  bash "$0" run 2>&1 | relay
  status=${PIPESTATUS[0]}
  set -e
  output exit-code "$(known_status "$status")"
}

# The whole report, or its whole first lines and where the rest is.
append_summary() {  # file
  local room note
  note=$'\n\nThe report is longer than a summary may be: the rest is in '"${1##*/}"$'.\n'
  room=$((summary_limit - $(stat -c %s -- "$GITHUB_STEP_SUMMARY" 2>/dev/null || echo 0)))
  if [ "$(stat -c %s -- "$1")" -le "$room" ]; then
    cat -- "$1" >> "$GITHUB_STEP_SUMMARY"
  elif [ "$room" -gt ${#note} ]; then
    { head -c $((room - ${#note})) -- "$1" | sed '$d' && printf '%s' "$note"; } >> "$GITHUB_STEP_SUMMARY"
  fi
}

publish() {
  local status decision
  status=$(known_status "${GATE_EXIT_CODE-}")
  case $status in 0) decision=pass ;; 1) decision=fail ;; 2) decision=error ;; *) decision=undecided ;; esac
  output decision "$decision"
  output exit-code "$status"

  refuse_line_breaks
  local folder=${GATE_REPORT_DIR:-gate-reports}
  if [ -n "${GATE_WORKING_DIRECTORY-}" ]; then
    case $folder in /*) ;; *) folder=$GATE_WORKING_DIRECTORY/$folder ;; esac
  fi
  if [ -f "$folder/gate.intoto.json" ]; then output evidence-file "$folder/gate.intoto.json"; fi
  local shard=$folder/${GATE_SHARD/\//-of-}.gate-shard
  if [ -n "${GATE_SHARD-}" ] && [ -f "$shard" ]; then output shard-file "$shard"; fi
  if [ -f "$folder/gate.sarif" ]; then output sarif-file "$folder/gate.sarif"; fi
  if [ -f "$folder/gate.md" ] && [ -n "${GITHUB_STEP_SUMMARY-}" ]; then append_summary "$folder/gate.md"; fi
}

case ${1-} in
  judge) judge ;;
  run) run_gate ;;
  publish) publish ;;
  conclude) exit "$(known_status "${GATE_EXIT_CODE-}")" ;;
  *) stop 2 "github_action.sh judge|publish|conclude" ;;
esac
