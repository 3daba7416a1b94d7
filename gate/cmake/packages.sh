# shellcheck shell=bash
# Sourced by gate/quickstart.sh and tests/run.sh: the distribution's packages, installed where they are missing.
# Debian 12 and Ubuntu 24.04 differ in their Boost packages alone.

gate_first_available() {
  for name in "$@"; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "gate: none of these packages is to be had: $*" >&2
  return 1
}

# Installs what is missing and brings the rest up to date: a build with a pending security update is no good build.
gate_install() {  # packages...
  local root=()
  if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

gate_update_lists() {
  if [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -mmin -1440 2>/dev/null | head -1)" ]; then
    local root=()
    if [ "$(id -u)" -ne 0 ]; then root=(sudo); fi
    "${root[@]}" apt-get update -q >/dev/null
  fi
}

gate_install_build_packages() {
  gate_update_lists
  local boost
  boost=$(gate_first_available libboost-json1.81-dev libboost-json-dev) || return 1
  gate_install ca-certificates cmake dpkg-dev g++ libc6-dev linux-libc-dev ninja-build mold pkg-config git openssl \
    llvm-19-dev libclang-19-dev clang-19 "$boost" \
    libcli11-dev libexpat1-dev libfmt-dev libbz2-dev libgit2-dev libjson-c-dev librnp-dev libsodium-dev libssl-dev libyaml-dev libzstd-dev zlib1g-dev \
    libmbedtls-dev libpcre2-dev
  local parser  # libgit2 reads URLs with its HTTP parser, which has another name in each distribution
  if parser=$(gate_first_available libhttp-parser-dev libllhttp-dev 2>/dev/null); then gate_install "$parser"; fi
}
