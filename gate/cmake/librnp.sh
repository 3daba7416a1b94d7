#!/usr/bin/env bash
# Builds librnp as an archive, over OpenSSL, from the distribution's own source package: the distribution packs the
# shared library alone. Needs neither root nor a change to the machine's package sources. Leaves
# FOLDER/include/rnp/rnp.h and FOLDER/lib/librnp.a.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)

work=$folder/work
rm -rf "$work"
mkdir -p "$work/sources" "$work/lists/partial" "$work/cache/archives/partial"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/{debian,ubuntu}.sources; do
  if [ ! -f "$file" ]; then continue; fi
  # Where sources are enabled already, they stand there twice, of which apt warns at most.
  sed -E 's/^Types:.*$/Types: deb-src/; s/^deb[[:space:]]/deb-src /' "$file" >"$work/sources/$(basename "$file")"
done
apt=(apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$work/sources"
  -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=)
cd "$work"
"${apt[@]}" update >/dev/null
# The version that the headers of other builds are of. apt checks it against the distribution's signature.
"${apt[@]}" source --download-only "rnp=$(dpkg-query -W -f '${Version}' librnp-dev)" >/dev/null
dpkg-source --extract rnp_*.dsc source >/dev/null

# The source asks these two for its version and its date.
DEB_VERSION=$(dpkg-parsechangelog -l source/debian/changelog -S Version)
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l source/debian/changelog -S Timestamp)
export DEB_VERSION SOURCE_DATE_EPOCH
cmake -S source -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$folder" \
  -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_CXX_FLAGS="-ffunction-sections -fdata-sections -w" -DCRYPTO_BACKEND=openssl \
  -DBUILD_SHARED_LIBS=off -DBUILD_TESTING=off -DENABLE_DOC=off -DENABLE_FUZZERS=off >cmake.log
cmake --build build --target librnp >build.log
mkdir -p "$folder/include/rnp" "$folder/lib"
install -m 644 source/include/rnp/*.h "$folder/include/rnp/"
find build/src -name 'rnp_*.h' -exec install -m 644 {} "$folder/include/rnp/" \;
install -m 644 build/src/lib/librnp.a "$folder/lib/"
cd /
rm -rf "$work"
