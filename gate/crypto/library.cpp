// RAND_METHOD is deprecated in favour of providers, and shorter than one.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "gate/crypto/library.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <sodium.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>

namespace gate::crypto {
namespace {

// OpenSSL's own generator is one more layer above the kernel's, and to set it up takes longer than to check a
// signature: it fetches every cipher there is. Checking needs random numbers only to blind points that are public.
int kernel_random(unsigned char* bytes, int size) {
  randombytes_buf(bytes, static_cast<std::size_t>(size));  // ends the process where the kernel has none
  return 1;
}

// Certificates and tokens name their digests by number, which OpenSSL looks up in a table; filling it with all that it
// knows would take longer than to check a signature. MD5 and SHA-1 have no name here, so that nothing signed over them
// verifies.
void name_digests() {
  for (const EVP_MD* digest :
       {EVP_sha224(), EVP_sha256(), EVP_sha384(), EVP_sha512(), EVP_sha3_256(), EVP_sha3_384(), EVP_sha3_512()}) {
    if (EVP_add_digest(digest) != 1) unusable("out of memory");
  }
}

}  // namespace

ossl_lib_ctx_st* library() {
  static OSSL_LIB_CTX* const context = [] {
    // The machine's configuration file could bring in engines and providers of its own.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
                            OPENSSL_INIT_NO_ADD_ALL_DIGESTS,
                        nullptr);
    name_digests();
    static const RAND_METHOD kernel{nullptr, kernel_random, nullptr, nullptr, kernel_random, nullptr};
    RAND_set_rand_method(&kernel);
    OSSL_LIB_CTX* made = OSSL_LIB_CTX_new();
    if (!made || !OSSL_PROVIDER_load(made, "default")) unusable("OpenSSL has no default provider");
    return made;
  }();
  return context;
}

void unusable(const char* what) {
  std::fprintf(stderr, "gate: internal error: %s\n", what);
  std::abort();
}

}  // namespace gate::crypto
