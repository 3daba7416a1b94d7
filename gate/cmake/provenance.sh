#!/usr/bin/env bash
# Signed provenance of a file that was just built here: an in-toto statement with SLSA provenance v1, in a DSSE envelope.
#
#   provenance.sh FILE PRIVATE_KEY_PEM BUILDER_ID OUTPUT
set -euo pipefail
export LC_ALL=C

file=$1 key=$2 builder=$3 output=$4
finished=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)
commit=$(git rev-parse HEAD)
digest=$(sha256sum "$file" | cut -d' ' -f1)
type=application/vnd.in-toto+json

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/statement" <<JSON
{"_type": "https://in-toto.io/Statement/v1",
 "subject": [{"name": "$(basename "$file")", "digest": {"sha256": "$digest"}}],
 "predicateType": "https://slsa.dev/provenance/v1",
 "predicate": {
  "buildDefinition": {
   "buildType": "urn:gate:build:cmake-preset",
   "externalParameters": {"preset": "release"},
   "resolvedDependencies": [{"uri": "git+file:.", "digest": {"gitCommit": "$commit"}}]},
  "runDetails": {"builder": {"id": "$builder"}, "metadata": {"finishedOn": "$finished"}}}}
JSON
# DSSE: the signature covers the type and the payload, each with its length in bytes.
{
  printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(stat -c %s "$folder/statement")"
  cat "$folder/statement"
} > "$folder/signed"
openssl pkeyutl -sign -rawin -inkey "$key" -in "$folder/signed" -out "$folder/signature"
printf '{"payloadType": "%s", "payload": "%s", "signatures": [{"keyid": "", "sig": "%s"}]}\n' \
  "$type" "$(base64 -w 0 "$folder/statement")" "$(base64 -w 0 "$folder/signature")" > "$output"
