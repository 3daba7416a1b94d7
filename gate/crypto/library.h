// The OpenSSL context of this folder. Named without OpenSSL's headers, which stay in the .cpp files.
#pragma once

struct ossl_lib_ctx_st;

namespace gate::crypto {

// One for the process. A context of its own never reads openssl.cnf: the machine's settings choose no algorithm here.
ossl_lib_ctx_st* library();

// Out of memory, or an OpenSSL without its default provider: no answer would be right, so the process ends.
[[noreturn]] void unusable(const char* what);

}  // namespace gate::crypto
