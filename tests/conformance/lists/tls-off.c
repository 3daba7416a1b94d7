/* flags: -std=gnu17 -D_GNU_SOURCE */
extern void *p;
extern int n;
#define SSL_VERIFY_NONE 0x00
#define SSL_VERIFY_PEER 0x01
#define SSL_OP_BIT(n) ((unsigned long)1 << (unsigned long)n)
#define SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION SSL_OP_BIT(18)
#define SSL_OP_NO_RENEGOTIATION SSL_OP_BIT(30)
#define SSL_CTRL_SET_MIN_PROTO_VERSION 123
#define SSL3_VERSION 0x0300
#define TLS1_VERSION 0x0301
#define TLS1_1_VERSION 0x0302
#define TLS1_2_VERSION 0x0303
extern int SSL_CTX_ctrl(), SSL_ctrl();
#define SSL_CTX_set_min_proto_version(c, v) SSL_CTX_ctrl(c, SSL_CTRL_SET_MIN_PROTO_VERSION, v, 0)
#define SSL_set_min_proto_version(c, v) SSL_ctrl(c, SSL_CTRL_SET_MIN_PROTO_VERSION, v, 0)
typedef enum {
  CURLOPT_SSLVERSION = 32, CURLOPT_SSL_VERIFYPEER = 64, CURLOPT_SSL_VERIFYHOST = 81, CURLOPT_PROXY_SSL_VERIFYPEER = 248,
  CURLOPT_PROXY_SSL_VERIFYHOST, CURLOPT_PROXY_SSLVERSION, CURLOPT_DOH_SSL_VERIFYPEER = 306, CURLOPT_DOH_SSL_VERIFYHOST
} CURLoption;
enum { CURL_SSLVERSION_SSLv2 = 2, CURL_SSLVERSION_SSLv3, CURL_SSLVERSION_TLSv1_0, CURL_SSLVERSION_TLSv1_1, CURL_SSLVERSION_TLSv1_2 };
extern int curl_easy_setopt(void *, CURLoption, ...);
#define MBEDTLS_SSL_VERIFY_NONE 0
#define MBEDTLS_SSL_VERIFY_OPTIONAL 1
#define MBEDTLS_SSL_VERIFY_REQUIRED 2
#define MBEDTLS_SSL_MINOR_VERSION_0 0
#define MBEDTLS_SSL_MINOR_VERSION_1 1
#define MBEDTLS_SSL_MINOR_VERSION_2 2
#define MBEDTLS_SSL_MINOR_VERSION_3 3
enum gnutls_certificate_verify_flags {
  GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT = 1 << 3, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD2 = 1 << 4,
  GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD5 = 1 << 5, GNUTLS_VERIFY_DISABLE_TIME_CHECKS = 1 << 6,
  GNUTLS_VERIFY_DISABLE_CRL_CHECKS = 1 << 9, GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1 = 1 << 15,
  GNUTLS_VERIFY_DO_NOT_ALLOW_SAME = 1 << 0
};
enum { WOLFSSL_VERIFY_NONE, WOLFSSL_VERIFY_PEER };
#define SECURITY_FLAG_IGNORE_UNKNOWN_CA 0x0100
#define SECURITY_FLAG_IGNORE_CERT_WRONG_USAGE 0x0200
#define SECURITY_FLAG_IGNORE_CERT_CN_INVALID 0x1000
#define SECURITY_FLAG_IGNORE_CERT_DATE_INVALID 0x2000
#define SECURITY_FLAG_IGNORE_REVOCATION 0x80
#define SECURITY_FLAG_IGNORE_ALL_CERT_ERRORS 0x3300
#define INTERNET_FLAG_IGNORE_CERT_CN_INVALID 0x1000
#define INTERNET_FLAG_IGNORE_CERT_DATE_INVALID 0x2000
#define INTERNET_FLAG_SECURE 0x800000
#define SCH_CRED_MANUAL_CRED_VALIDATION 8
#define SCH_CRED_AUTO_CRED_VALIDATION 32
#define SP_PROT_SSL2_CLIENT 8
#define SP_PROT_SSL3_CLIENT 32
#define SP_PROT_TLS1_0_CLIENT 128
#define SP_PROT_TLS1_1_CLIENT 512
#define SP_PROT_TLS1_2_CLIENT 2048
enum { kSSLSessionOptionBreakOnServerAuth, kSSLSessionOptionBreakOnClientAuth, kSSLSessionOptionFalseStart };

int DTLSv1_client_method(), DTLSv1_method(), DTLSv1_server_method(), InternetSetOptionW(), SSLSetSessionOption(),
    SSL_CTX_set_options(), SSL_CTX_set_security_level(), SSL_CTX_set_verify(), SSL_set_options(),
    SSL_set_security_level(), SSL_set_verify(), SSLv2_client_method(), SSLv2_method(), SSLv2_server_method(),
    SSLv3_client_method(), SSLv3_method(), SSLv3_server_method(), TLS_method(), TLSv1_1_client_method(),
    TLSv1_1_method(), TLSv1_1_server_method(), TLSv1_client_method(), TLSv1_method(), TLSv1_server_method(),
    gnutls_certificate_set_verify_flags(), gnutls_session_set_verify_cert(), mbedtls_ssl_conf_authmode(),
    mbedtls_ssl_conf_min_version(), mbedtls_ssl_set_hs_authmode(), wolfDTLSv1_client_method(),
    wolfDTLSv1_server_method(), wolfSSL_CTX_set_verify(), wolfSSL_set_verify(), wolfSSLv3_client_method(),
    wolfSSLv3_server_method(), wolfTLSv1_1_client_method(), wolfTLSv1_1_server_method(), wolfTLSv1_3_client_method(),
    wolfTLSv1_client_method(), wolfTLSv1_server_method();

// OpenSSL
void lines_0(void) {
  SSL_CTX_set_verify(p, SSL_VERIFY_NONE, 0);    // bad: SSL_CTX_set_verify equals(2, SSL_VERIFY_NONE)
  SSL_CTX_set_verify(p, SSL_VERIFY_PEER, 0);    // good
  SSL_set_verify(p, SSL_VERIFY_NONE, 0);        // bad: SSL_set_verify equals(2, SSL_VERIFY_NONE)
  SSL_set_verify(p, SSL_VERIFY_PEER, 0);        // good
  SSLv2_method();                               // bad: SSLv2_method
  SSLv2_client_method();                        // bad: SSLv2_client_method
  SSLv2_server_method();                        // bad: SSLv2_server_method
  SSLv3_method();                               // bad: SSLv3_method
  SSLv3_client_method();                        // bad: SSLv3_client_method
  SSLv3_server_method();                        // bad: SSLv3_server_method
  TLSv1_method();                               // bad: TLSv1_method
  TLSv1_client_method();                        // bad: TLSv1_client_method
  TLSv1_server_method();                        // bad: TLSv1_server_method
  TLSv1_1_method();                             // bad: TLSv1_1_method
  TLSv1_1_client_method();                      // bad: TLSv1_1_client_method
  TLSv1_1_server_method();                      // bad: TLSv1_1_server_method
  DTLSv1_method();                              // bad: DTLSv1_method
  DTLSv1_client_method();                       // bad: DTLSv1_client_method
  DTLSv1_server_method();                       // bad: DTLSv1_server_method
  TLS_method();                                 // good
  SSL_CTX_set_min_proto_version(p, SSL3_VERSION);  // bad: SSL_CTX_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, SSL3_VERSION)
  SSL_CTX_set_min_proto_version(p, TLS1_VERSION);  // bad: SSL_CTX_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, TLS1_VERSION)
  SSL_CTX_set_min_proto_version(p, TLS1_1_VERSION);  // bad: SSL_CTX_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, TLS1_1_VERSION)
  SSL_CTX_set_min_proto_version(p, TLS1_2_VERSION);  // good
  SSL_set_min_proto_version(p, SSL3_VERSION);   // bad: SSL_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, SSL3_VERSION)
  SSL_set_min_proto_version(p, TLS1_VERSION);   // bad: SSL_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, TLS1_VERSION)
  SSL_set_min_proto_version(p, TLS1_1_VERSION);  // bad: SSL_ctrl equals(2, SSL_CTRL_SET_MIN_PROTO_VERSION) and equals(3, TLS1_1_VERSION)
  SSL_set_min_proto_version(p, TLS1_2_VERSION);  // good
  SSL_CTX_set_security_level(p, 0);             // bad: SSL_CTX_set_security_level equals(2, 0)
  SSL_CTX_set_security_level(p, 2);             // good
  SSL_set_security_level(p, 0);                 // bad: SSL_set_security_level equals(2, 0)
  SSL_set_security_level(p, 2);                 // good
  SSL_CTX_set_options(p, SSL_OP_NO_RENEGOTIATION | SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION);  // bad: SSL_CTX_set_options flag_set(2, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION)
  SSL_set_options(p, SSL_OP_NO_RENEGOTIATION | SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION);  // bad: SSL_set_options flag_set(2, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION)
  SSL_CTX_set_options(p, SSL_OP_NO_RENEGOTIATION);  // good
}

// curl
void lines_1(void) {
  curl_easy_setopt(p, CURLOPT_SSL_VERIFYPEER, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_SSL_VERIFYPEER) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_SSL_VERIFYPEER, 1L);  // good
  curl_easy_setopt(p, CURLOPT_PROXY_SSL_VERIFYPEER, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSL_VERIFYPEER) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_PROXY_SSL_VERIFYPEER, 1L);  // good
  curl_easy_setopt(p, CURLOPT_DOH_SSL_VERIFYPEER, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_DOH_SSL_VERIFYPEER) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_DOH_SSL_VERIFYPEER, 1L);  // good
  curl_easy_setopt(p, CURLOPT_SSL_VERIFYHOST, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_SSL_VERIFYHOST) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_SSL_VERIFYHOST, 2L);  // good
  curl_easy_setopt(p, CURLOPT_PROXY_SSL_VERIFYHOST, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSL_VERIFYHOST) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_PROXY_SSL_VERIFYHOST, 2L);  // good
  curl_easy_setopt(p, CURLOPT_DOH_SSL_VERIFYHOST, 0L);  // bad: curl_easy_setopt equals(2, CURLOPT_DOH_SSL_VERIFYHOST) and equals(3, 0)
  curl_easy_setopt(p, CURLOPT_DOH_SSL_VERIFYHOST, 2L);  // good
  curl_easy_setopt(p, CURLOPT_SSLVERSION, CURL_SSLVERSION_SSLv2);  // bad: curl_easy_setopt equals(2, CURLOPT_SSLVERSION) and equals(3, CURL_SSLVERSION_SSLv2)
  curl_easy_setopt(p, CURLOPT_SSLVERSION, CURL_SSLVERSION_SSLv3);  // bad: curl_easy_setopt equals(2, CURLOPT_SSLVERSION) and equals(3, CURL_SSLVERSION_SSLv3)
  curl_easy_setopt(p, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_0);  // bad: curl_easy_setopt equals(2, CURLOPT_SSLVERSION) and equals(3, CURL_SSLVERSION_TLSv1_0)
  curl_easy_setopt(p, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_1);  // bad: curl_easy_setopt equals(2, CURLOPT_SSLVERSION) and equals(3, CURL_SSLVERSION_TLSv1_1)
  curl_easy_setopt(p, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);  // good
  curl_easy_setopt(p, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_SSLv2);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSLVERSION) and equals(3, CURL_SSLVERSION_SSLv2)
  curl_easy_setopt(p, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_SSLv3);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSLVERSION) and equals(3, CURL_SSLVERSION_SSLv3)
  curl_easy_setopt(p, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_0);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSLVERSION) and equals(3, CURL_SSLVERSION_TLSv1_0)
  curl_easy_setopt(p, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_1);  // bad: curl_easy_setopt equals(2, CURLOPT_PROXY_SSLVERSION) and equals(3, CURL_SSLVERSION_TLSv1_1)
  curl_easy_setopt(p, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2);  // good
}

// Mbed TLS
void lines_2(void) {
  mbedtls_ssl_conf_authmode(p, MBEDTLS_SSL_VERIFY_NONE);  // bad: mbedtls_ssl_conf_authmode equals(2, MBEDTLS_SSL_VERIFY_NONE)
  mbedtls_ssl_conf_authmode(p, MBEDTLS_SSL_VERIFY_REQUIRED);  // good
  mbedtls_ssl_conf_authmode(p, MBEDTLS_SSL_VERIFY_OPTIONAL);  // bad: mbedtls_ssl_conf_authmode equals(2, MBEDTLS_SSL_VERIFY_OPTIONAL)
  mbedtls_ssl_conf_authmode(p, MBEDTLS_SSL_VERIFY_REQUIRED);  // good
  mbedtls_ssl_set_hs_authmode(p, MBEDTLS_SSL_VERIFY_NONE);  // bad: mbedtls_ssl_set_hs_authmode equals(2, MBEDTLS_SSL_VERIFY_NONE)
  mbedtls_ssl_set_hs_authmode(p, MBEDTLS_SSL_VERIFY_REQUIRED);  // good
  mbedtls_ssl_set_hs_authmode(p, MBEDTLS_SSL_VERIFY_OPTIONAL);  // bad: mbedtls_ssl_set_hs_authmode equals(2, MBEDTLS_SSL_VERIFY_OPTIONAL)
  mbedtls_ssl_set_hs_authmode(p, MBEDTLS_SSL_VERIFY_REQUIRED);  // good
  mbedtls_ssl_conf_min_version(p, 3, MBEDTLS_SSL_MINOR_VERSION_0);  // bad: mbedtls_ssl_conf_min_version equals(3, MBEDTLS_SSL_MINOR_VERSION_0)
  mbedtls_ssl_conf_min_version(p, 3, MBEDTLS_SSL_MINOR_VERSION_1);  // bad: mbedtls_ssl_conf_min_version equals(3, MBEDTLS_SSL_MINOR_VERSION_1)
  mbedtls_ssl_conf_min_version(p, 3, MBEDTLS_SSL_MINOR_VERSION_2);  // bad: mbedtls_ssl_conf_min_version equals(3, MBEDTLS_SSL_MINOR_VERSION_2)
  mbedtls_ssl_conf_min_version(p, 3, MBEDTLS_SSL_MINOR_VERSION_3);  // good
}

// GnuTLS
void lines_3(void) {
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD2);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD2)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD5);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD5)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_DISABLE_TIME_CHECKS);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_DISABLE_TIME_CHECKS)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_DISABLE_CRL_CHECKS);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_DISABLE_CRL_CHECKS)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME | GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT);  // bad: gnutls_certificate_set_verify_flags flag_set(2, GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT)
  gnutls_certificate_set_verify_flags(p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD2);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD2)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD5);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_ALLOW_SIGN_RSA_MD5)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DISABLE_TIME_CHECKS);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_DISABLE_TIME_CHECKS)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DISABLE_CRL_CHECKS);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_DISABLE_CRL_CHECKS)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT);  // bad: gnutls_session_set_verify_cert flag_set(3, GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT)
  gnutls_session_set_verify_cert(p, p, GNUTLS_VERIFY_DO_NOT_ALLOW_SAME);  // good
}

// wolfSSL
void lines_4(void) {
  wolfSSL_CTX_set_verify(p, WOLFSSL_VERIFY_NONE, 0);  // bad: wolfSSL_CTX_set_verify equals(2, WOLFSSL_VERIFY_NONE)
  wolfSSL_CTX_set_verify(p, WOLFSSL_VERIFY_PEER, 0);  // good
  wolfSSL_set_verify(p, WOLFSSL_VERIFY_NONE, 0);  // bad: wolfSSL_set_verify equals(2, WOLFSSL_VERIFY_NONE)
  wolfSSL_set_verify(p, WOLFSSL_VERIFY_PEER, 0);  // good
  wolfSSLv3_client_method();                    // bad: wolfSSLv3_client_method
  wolfSSLv3_server_method();                    // bad: wolfSSLv3_server_method
  wolfTLSv1_client_method();                    // bad: wolfTLSv1_client_method
  wolfTLSv1_server_method();                    // bad: wolfTLSv1_server_method
  wolfTLSv1_1_client_method();                  // bad: wolfTLSv1_1_client_method
  wolfTLSv1_1_server_method();                  // bad: wolfTLSv1_1_server_method
  wolfDTLSv1_client_method();                   // bad: wolfDTLSv1_client_method
  wolfDTLSv1_server_method();                   // bad: wolfDTLSv1_server_method
  wolfTLSv1_3_client_method();                  // good
}

// Windows and Secure Transport
void lines_5(void) {
  n = SECURITY_FLAG_IGNORE_UNKNOWN_CA;          // bad: SECURITY_FLAG_IGNORE_UNKNOWN_CA
  n = SECURITY_FLAG_IGNORE_ALL_CERT_ERRORS;     // bad: SECURITY_FLAG_IGNORE_ALL_CERT_ERRORS
  InternetSetOptionW(p, 31, INTERNET_FLAG_SECURE);  // good
  n = SECURITY_FLAG_IGNORE_CERT_CN_INVALID;     // bad: SECURITY_FLAG_IGNORE_CERT_CN_INVALID
  n = INTERNET_FLAG_IGNORE_CERT_CN_INVALID;     // bad: INTERNET_FLAG_IGNORE_CERT_CN_INVALID
  InternetSetOptionW(p, 31, INTERNET_FLAG_SECURE);  // good
  n = SECURITY_FLAG_IGNORE_CERT_DATE_INVALID;   // bad: SECURITY_FLAG_IGNORE_CERT_DATE_INVALID
  n = INTERNET_FLAG_IGNORE_CERT_DATE_INVALID;   // bad: INTERNET_FLAG_IGNORE_CERT_DATE_INVALID
  InternetSetOptionW(p, 31, INTERNET_FLAG_SECURE);  // good
  n = SECURITY_FLAG_IGNORE_CERT_WRONG_USAGE;    // bad: SECURITY_FLAG_IGNORE_CERT_WRONG_USAGE
  InternetSetOptionW(p, 31, INTERNET_FLAG_SECURE);  // good
  n = SECURITY_FLAG_IGNORE_REVOCATION;          // bad: SECURITY_FLAG_IGNORE_REVOCATION
  InternetSetOptionW(p, 31, INTERNET_FLAG_SECURE);  // good
  n = SCH_CRED_MANUAL_CRED_VALIDATION;          // bad: SCH_CRED_MANUAL_CRED_VALIDATION
  n = SCH_CRED_AUTO_CRED_VALIDATION;            // good
  n = SP_PROT_SSL2_CLIENT;                      // bad: SP_PROT_SSL2_CLIENT
  n = SP_PROT_SSL3_CLIENT;                      // bad: SP_PROT_SSL3_CLIENT
  n = SP_PROT_TLS1_0_CLIENT;                    // bad: SP_PROT_TLS1_0_CLIENT
  n = SP_PROT_TLS1_1_CLIENT;                    // bad: SP_PROT_TLS1_1_CLIENT
  n = SP_PROT_TLS1_2_CLIENT;                    // good
  SSLSetSessionOption(p, kSSLSessionOptionBreakOnServerAuth, 1);  // bad: SSLSetSessionOption equals(2, kSSLSessionOptionBreakOnServerAuth) and equals(3, 1)
  SSLSetSessionOption(p, kSSLSessionOptionFalseStart, 1);  // good
}
