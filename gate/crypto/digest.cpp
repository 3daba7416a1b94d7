#include "gate/crypto/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

#include "gate/crypto/library.h"

namespace gate::crypto {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

EVP_MD* fetch(const char* algorithm) {
  EVP_MD* digest = EVP_MD_fetch(library(), algorithm, nullptr);
  if (!digest) unusable("a digest is missing");
  return digest;
}

const EVP_MD* sha2_256() {
  static const EVP_MD* const algorithm = fetch("SHA2-256");
  return algorithm;
}

std::string digest(const EVP_MD* algorithm, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) != 1) unusable("a digest failed");
  return {reinterpret_cast<const char*>(out.data()), size};
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr std::array<std::int8_t, 256> base64_table() {
  std::array<std::int8_t, 256> table{};
  table.fill(-1);
  for (std::size_t i = 0; i < base64_digits.size(); ++i) {
    table[static_cast<unsigned char>(base64_digits[i])] = static_cast<std::int8_t>(i);
  }
  table['-'] = 62;
  table['_'] = 63;
  return table;
}
constexpr auto base64_values = base64_table();

// The digits without their padding, or nothing where the padding is wrong.
std::optional<std::string_view> without_padding(std::string_view text) {
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  if (padding > 0 && text.size() % 4 != 0) return std::nullopt;
  text.remove_suffix(padding);
  if (text.size() % 4 == 1) return std::nullopt;
  return text;
}

bool mixes_alphabets(std::string_view text) {
  return text.find_first_of("+/") != std::string_view::npos && text.find_first_of("-_") != std::string_view::npos;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_ || EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), sha2_256(), nullptr) != 1)
    unusable("a digest failed");
}
Sha256::~Sha256() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256::update(std::string_view bytes) {
  if (EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) != 1)
    unusable("a digest failed");
}

std::string Sha256::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  if (EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), &size) != 1) unusable("a digest failed");
  return {reinterpret_cast<const char*>(out.data()), size};
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  std::size_t size = 0;
  if (!EVP_Q_mac(library(), "HMAC", nullptr, "SHA2-256", nullptr, key.data(), key.size(),
                 reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.data(), out.size(), &size))
    unusable("a keyed digest failed");
  return {reinterpret_cast<const char*>(out.data()), size};
}

std::string sha1(std::string_view bytes) {
  static const EVP_MD* const algorithm = fetch("SHA1");
  return digest(algorithm, bytes);
}

std::string sha256(std::string_view bytes) { return digest(sha2_256(), bytes); }

std::string sha384(std::string_view bytes) {
  static const EVP_MD* const algorithm = fetch("SHA2-384");
  return digest(algorithm, bytes);
}

std::string sha512(std::string_view bytes) {
  static const EVP_MD* const algorithm = fetch("SHA2-512");
  return digest(algorithm, bytes);
}

std::string blake2b_512(std::string_view bytes) {
  static const EVP_MD* const algorithm = fetch("BLAKE2B-512");
  return digest(algorithm, bytes);
}

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::string to_hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text += hex_digits[byte >> 4];
    text += hex_digits[byte & 15];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_value(hex[i]), low = hex_value(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

std::optional<std::string> from_base64(std::string_view text) {
  const auto digits = without_padding(text);
  if (!digits || mixes_alphabets(*digits)) return std::nullopt;
  std::string bytes;
  bytes.reserve(digits->size() / 4 * 3 + 2);
  std::uint32_t pending = 0;
  int bits = 0;
  for (const unsigned char c : *digits) {
    const int value = base64_values[c];
    if (value < 0) return std::nullopt;
    pending = pending << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(pending >> bits & 0xff);
  }
  // Bits beyond the last byte must be zero: otherwise two texts would stand for the same bytes.
  if ((pending & ((1u << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::uint32_t pending = 0;
  int bits = 0;
  for (const unsigned char byte : bytes) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 6;) {
      bits -= 6;
      text += base64_digits[pending >> bits & 63];
    }
  }
  if (bits > 0) text += base64_digits[pending << (6 - bits) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace gate::crypto
