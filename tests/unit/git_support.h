// SSH's wire format, written a second time for the tests.
#pragma once

#include <string>

#include "gate/crypto/digest.h"
#include "tests/unit/workshop.h"

namespace gate::git::test {

using gate::test::Workshop;

inline std::string u32(std::size_t n) {
  std::string out(4, '\0');
  for (int i = 0; i < 4; ++i) out[i] = static_cast<char>(n >> (24 - 8 * i));
  return out;
}
inline std::string str(const std::string& bytes) { return u32(bytes.size()) + bytes; }

struct Blob {  // the fields of PROTOCOL.sshsig
  std::string magic = "SSHSIG", version = u32(1), key, name_space = "git", reserved, hash = "sha512", signature,
              trailing;

  std::string bytes() const {
    return magic + version + str(key) + str(name_space) + str(reserved) + str(hash) + str(signature) + trailing;
  }
  std::string to_sign(const std::string& message) const {
    return "SSHSIG" + str(name_space) + str(reserved) + str(hash) +
           str(hash == "sha256" ? crypto::sha256(message) : crypto::sha512(message));
  }
};

inline std::string armored(const std::string& blob) {
  std::string digits = crypto::to_base64(blob);
  for (std::size_t at = 70; at < digits.size(); at += 71) digits.insert(at, "\n");
  return "-----BEGIN SSH SIGNATURE-----\n" + digits + "\n-----END SSH SIGNATURE-----\n";
}

inline std::string dearmored(const std::string& armor) {
  std::string digits = armor.substr(30, armor.find("\n-----END") - 30);
  std::erase(digits, '\n');
  return *crypto::from_base64(digits);
}

// The blob of a line in the form of authorized_keys.
inline std::string key_blob(const std::string& line) {
  const auto start = line.find(' ') + 1;
  return *crypto::from_base64(line.substr(start, line.find_first_of(" \n", start) - start));
}

}  // namespace gate::git::test
