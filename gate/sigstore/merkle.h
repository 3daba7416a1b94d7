// Merkle tree inclusion (RFC 6962, section 2.1; RFC 9162, section 2.1.3.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gate::sigstore {

std::string leaf_hash(std::string_view entry);  // 32 bytes

// The root that follows from a leaf's place and its proof. Nothing where no tree of `size` leaves has such a proof for
// that place.
std::optional<std::string> inclusion_root(std::uint64_t index, std::uint64_t size, std::string leaf,
                                          const std::vector<std::string>& proof);

}  // namespace gate::sigstore
