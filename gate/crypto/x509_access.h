// A certificate's OpenSSL object, for the other readers of this folder.
#pragma once

#include "gate/crypto/handles.h"
#include "gate/crypto/x509.h"

namespace gate::crypto {

struct Certificate::Impl {
  X509Handle x509;
  std::string der, subject, issuer, issuer_der, serial;
  Instant not_before{}, not_after{};
};

struct X509Access {
  static X509* handle(const Certificate& certificate);
  static Result<Certificate> make(X509Handle x509);
};

std::string x509_serial(const ASN1_INTEGER* serial);  // its big-endian bytes; empty beyond 127 of them

std::optional<Instant> instant_of(const ASN1_TIME* time);

}  // namespace gate::crypto
