#include "gate/sigstore/merkle.h"

#include <algorithm>
#include <bit>

#include "gate/crypto/digest.h"

namespace gate::sigstore {
namespace {

constexpr std::size_t hash_bytes = 32;

std::string node_hash(std::string_view left, std::string_view right) {
  std::string bytes(1, '\1');
  bytes.append(left).append(right);
  return crypto::sha256(bytes);
}

bool is_hash(std::string_view bytes) { return bytes.size() == hash_bytes; }

}  // namespace

std::string leaf_hash(std::string_view entry) {
  std::string bytes(1, '\0');
  return crypto::sha256(bytes.append(entry));
}

std::optional<std::string> inclusion_root(std::uint64_t index, std::uint64_t size, std::string leaf,
                                          const std::vector<std::string>& proof) {
  if (index >= size || !is_hash(leaf) || !std::all_of(proof.begin(), proof.end(), is_hash)) return std::nullopt;
  // Up to where the paths of this leaf and of the last one meet, each level has a neighbour; above it, only a neighbour
  // on the left is one.
  const std::size_t inner = static_cast<std::size_t>(std::bit_width(index ^ (size - 1)));
  const std::size_t border = inner < 64 ? static_cast<std::size_t>(std::popcount(index >> inner)) : 0;
  if (proof.size() != inner + border) return std::nullopt;
  std::string root = std::move(leaf);
  for (std::size_t level = 0; level < proof.size(); ++level) {
    const bool on_the_left = level >= inner || (index >> level & 1) != 0;
    root = on_the_left ? node_hash(proof[level], root) : node_hash(root, proof[level]);
  }
  return root;
}

}  // namespace gate::sigstore
