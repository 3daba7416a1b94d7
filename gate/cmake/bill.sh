#!/usr/bin/env bash
# The bill of materials of a build: which of the distribution's packages gave a file to it.
#
#   bill.sh BUILD_FOLDER
#
# writes BUILD_FOLDER/gate.cdx.json (CycloneDX SBOM) and BUILD_FOLDER/security-updates.cdx.json (CycloneDX, each package
# whose security update the distribution has published and this machine has not installed).
set -euo pipefail
export LC_ALL=C

build=$1
now=$(date -u -d "@${SOURCE_DATE_EPOCH:-$(date +%s)}" +%Y-%m-%dT%H:%M:%SZ)
version=$("$build/gate" version | cut -d' ' -f2)

# Every header that a compiler read and every archive that the linker took.
files=$(mktemp)
trap 'rm -f "$files"' EXIT
{
  ninja -C "$build" -t deps | sed -n 's/^ \+\(\/.*\)/\1/p'
  ninja -C "$build" -t commands gate | tail -n 1 | tr ' ' '\n' | { grep -E '^/.*\.(a|so)$' || true; }
} | sort -u | while read -r path; do readlink -f "$path" || true; done | grep '^/usr/' | sort -u > "$files"

# A file that no package owns makes dpkg-query complain; what counts is whether any did.
packages=$({ xargs -a "$files" dpkg-query -S 2>/dev/null || true; } | cut -d: -f1 | tr -d ' ' | tr ',' '\n' | sort -u)
[ -n "$packages" ] || { echo "bill.sh: no package of the distribution is known to have taken part" >&2; exit 1; }

distribution=$(. /etc/os-release && echo "$ID")
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")

json_string() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$/"/'; }
purl() { echo "pkg:deb/$distribution/$1@$(sed -e 's/+/%2B/g' -e 's/~/%7E/g' -e 's/:/%3A/g' <<< "$2")?arch=$3&distro=$codename"; }

components=""
vulnerabilities=""
for package in $packages; do
  read -r installed architecture < <(dpkg-query -W -f='${Version} ${Architecture}\n' "$package" | head -n 1)
  reference=$(purl "$package" "$installed" "$architecture" | json_string)
  components+="${components:+,
    }{\"type\": \"library\", \"bom-ref\": $reference, \"name\": \"$package\", \"version\": $(json_string <<< "$installed"), \"purl\": $reference}"

  # The candidate counts where a security archive offers it.
  policy=$(apt-cache policy "$package")
  candidate=$(sed -n 's/^  Candidate: //p' <<< "$policy")
  if [ -n "$candidate" ] && dpkg --compare-versions "$candidate" gt "$installed" &&
     grep -A 9 -F " $candidate " <<< "$policy" | grep -q -- '-security'; then
    vulnerabilities+="${vulnerabilities:+,
    }{\"id\": \"security-update:$package\", \"source\": {\"name\": \"$distribution security archive\"}, \"ratings\": [{\"severity\": \"unknown\"}],
      \"recommendation\": \"install $candidate\", \"affects\": [{\"ref\": $reference}]}"
  fi
done

document() {  # tool, vulnerabilities member
  cat <<JSON
{
  "bomFormat": "CycloneDX",
  "specVersion": "1.5",
  "version": 1,
  "metadata": {
    "timestamp": "$now",
    "tools": {"components": [{"type": "application", "name": "$1", "version": "$version"}]},
    "component": {"type": "application", "bom-ref": "gate", "name": "gate", "version": "$version"}
  },
  "components": [
    $components
  ]$2
}
JSON
}

document gate-bill "" > "$build/gate.cdx.json"
document gate-security-updates ",
  \"vulnerabilities\": [
    $vulnerabilities
  ]" > "$build/security-updates.cdx.json"
echo "bill.sh: $(wc -w <<< "$packages") packages took part"
