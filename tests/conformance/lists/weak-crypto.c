/* flags: -std=gnu17 -D_GNU_SOURCE */
extern void *p;
extern int n;
enum { RSA_PKCS1_PADDING = 1, RSA_NO_PADDING = 3, RSA_PKCS1_OAEP_PADDING };
enum { MBEDTLS_MD_MD2 = 1, MBEDTLS_MD_MD4, MBEDTLS_MD_MD5, MBEDTLS_MD_SHA1, MBEDTLS_MD_SHA256 };
enum {
  MBEDTLS_CIPHER_AES_128_ECB = 2, MBEDTLS_CIPHER_AES_192_ECB, MBEDTLS_CIPHER_AES_256_ECB, MBEDTLS_CIPHER_DES_ECB = 33,
  MBEDTLS_CIPHER_DES_CBC, MBEDTLS_CIPHER_DES_EDE3_ECB, MBEDTLS_CIPHER_DES_EDE3_CBC, MBEDTLS_CIPHER_BLOWFISH_CBC,
  MBEDTLS_CIPHER_ARC4_128, MBEDTLS_CIPHER_AES_256_GCM
};
enum { GNUTLS_DIG_MD5 = 2, GNUTLS_DIG_SHA1, GNUTLS_DIG_MD2, GNUTLS_DIG_SHA256 };
enum { GNUTLS_CIPHER_ARCFOUR_128 = 2, GNUTLS_CIPHER_3DES_CBC, GNUTLS_CIPHER_ARCFOUR_40, GNUTLS_CIPHER_RC2_40_CBC = 90,
  GNUTLS_CIPHER_DES_CBC, GNUTLS_CIPHER_AES_256_GCM };
enum gcry_md_algos { GCRY_MD_MD5 = 1, GCRY_MD_SHA1, GCRY_MD_MD2 = 5, GCRY_MD_MD4 = 301, GCRY_MD_SHA256 = 8 };
enum gcry_cipher_algos { GCRY_CIPHER_3DES = 2, GCRY_CIPHER_CAST5, GCRY_CIPHER_BLOWFISH, GCRY_CIPHER_AES256 = 9,
  GCRY_CIPHER_ARCFOUR = 301, GCRY_CIPHER_DES, GCRY_CIPHER_RFC2268_40 = 307 };
enum { GCRY_CIPHER_MODE_ECB = 1, GCRY_CIPHER_MODE_GCM = 9, GCRY_WEAK_RANDOM = 0, GCRY_VERY_STRONG_RANDOM = 2 };
enum { kCCAlgorithmAES, kCCAlgorithmDES, kCCAlgorithm3DES, kCCAlgorithmCAST, kCCAlgorithmRC4, kCCAlgorithmRC2,
  kCCAlgorithmBlowfish, kCCOptionPKCS7Padding = 1, kCCOptionECBMode };
#define BCRYPT_MD2_ALGORITHM L"MD2"
#define BCRYPT_MD4_ALGORITHM L"MD4"
#define BCRYPT_MD5_ALGORITHM L"MD5"
#define BCRYPT_SHA1_ALGORITHM L"SHA1"
#define BCRYPT_SHA256_ALGORITHM L"SHA256"
#define BCRYPT_DES_ALGORITHM L"DES"
#define BCRYPT_3DES_ALGORITHM L"3DES"
#define BCRYPT_3DES_112_ALGORITHM L"3DES_112"
#define BCRYPT_DESX_ALGORITHM L"DESX"
#define BCRYPT_RC2_ALGORITHM L"RC2"
#define BCRYPT_RC4_ALGORITHM L"RC4"
#define BCRYPT_AES_ALGORITHM L"AES"
#define BCRYPT_CHAIN_MODE_ECB L"ChainingModeECB"
#define BCRYPT_CHAIN_MODE_GCM L"ChainingModeGCM"
#define CALG_MD2 0x8001
#define CALG_MD4 0x8002
#define CALG_MD5 0x8003
#define CALG_SHA1 0x8004
#define CALG_SHA_256 0x800c
#define CALG_DES 0x6601
#define CALG_RC2 0x6602
#define CALG_3DES 0x6603
#define CALG_DESX 0x6604
#define CALG_3DES_112 0x6609
#define CALG_RC4 0x6801
#define CALG_AES_256 0x6610

int AES_ecb_encrypt(), BCryptOpenAlgorithmProvider(), BCryptSetProperty(), BF_cbc_encrypt(), BF_cfb64_encrypt(),
    BF_ecb_encrypt(), BF_ofb64_encrypt(), BF_set_key(), CAST_cbc_encrypt(), CAST_ecb_encrypt(), CAST_set_key(),
    CCCrypt(), CCCryptorCreate(), CC_MD2(), CC_MD2_Final(), CC_MD2_Init(), CC_MD2_Update(), CC_MD4(), CC_MD4_Final(),
    CC_MD4_Init(), CC_MD4_Update(), CC_MD5(), CC_MD5_Final(), CC_MD5_Init(), CC_MD5_Update(), CC_SHA1(),
    CC_SHA1_Final(), CC_SHA1_Init(), CC_SHA1_Update(), CC_SHA256(), CC_SHA256_Init(), CryptCreateHash(),
    CryptGenKey(), DES_cbc_encrypt(), DES_cfb_encrypt(), DES_crypt(), DES_ecb2_encrypt(), DES_ecb3_encrypt(),
    DES_ecb_encrypt(), DES_ede2_cbc_encrypt(), DES_ede3_cbc_encrypt(), DES_ede3_cfb64_encrypt(),
    DES_ede3_ofb64_encrypt(), DES_fcrypt(), DES_ncbc_encrypt(), DES_ofb_encrypt(), DES_pcbc_encrypt(), DES_set_key(),
    DES_set_key_checked(), DES_set_key_unchecked(), DES_xcbc_encrypt(), DH_generate_parameters_ex(), EVP_BytesToKey(),
    EVP_PKEY_CTX_set_rsa_keygen_bits(), EVP_PKEY_CTX_set_rsa_padding(), EVP_aes_128_ecb(), EVP_aes_128_gcm(),
    EVP_aes_192_ecb(), EVP_aes_256_ecb(), EVP_aes_256_gcm(), EVP_aria_128_ecb(), EVP_aria_192_ecb(),
    EVP_aria_256_ecb(), EVP_bf_cbc(), EVP_bf_cfb64(), EVP_bf_ecb(), EVP_bf_ofb(), EVP_camellia_128_ecb(),
    EVP_camellia_192_ecb(), EVP_camellia_256_ecb(), EVP_cast5_cbc(), EVP_cast5_cfb64(), EVP_cast5_ecb(),
    EVP_cast5_ofb(), EVP_chacha20_poly1305(), EVP_des_cbc(), EVP_des_cfb1(), EVP_des_cfb64(), EVP_des_cfb8(),
    EVP_des_ecb(), EVP_des_ede(), EVP_des_ede3(), EVP_des_ede3_cbc(), EVP_des_ede3_cfb1(), EVP_des_ede3_cfb64(),
    EVP_des_ede3_cfb8(), EVP_des_ede3_ecb(), EVP_des_ede3_ofb(), EVP_des_ede3_wrap(), EVP_des_ede_cbc(),
    EVP_des_ede_cfb64(), EVP_des_ede_ecb(), EVP_des_ede_ofb(), EVP_des_ofb(), EVP_desx_cbc(), EVP_idea_cbc(),
    EVP_idea_cfb64(), EVP_idea_ecb(), EVP_idea_ofb(), EVP_md2(), EVP_md4(), EVP_md5(), EVP_md5_sha1(), EVP_mdc2(),
    EVP_rc2_40_cbc(), EVP_rc2_64_cbc(), EVP_rc2_cbc(), EVP_rc2_cfb64(), EVP_rc2_ecb(), EVP_rc2_ofb(), EVP_rc4(),
    EVP_rc4_40(), EVP_rc4_hmac_md5(), EVP_rc5_32_12_16_cbc(), EVP_rc5_32_12_16_ecb(), EVP_seed_ecb(), EVP_sha1(),
    EVP_sha256(), EVP_sm4_ecb(), IDEA_cbc_encrypt(), IDEA_ecb_encrypt(), IDEA_set_encrypt_key(), MD2(), MD2_Final(),
    MD2_Init(), MD2_Update(), MD4(), MD4_Final(), MD4_Init(), MD4_Update(), MD5(), MD5_Final(), MD5_Init(),
    MD5_Transform(), MD5_Update(), MDC2(), MDC2_Final(), MDC2_Init(), MDC2_Update(), PKCS5_PBKDF2_HMAC(),
    RAND_bytes(), RAND_pseudo_bytes(), RC2_cbc_encrypt(), RC2_ecb_encrypt(), RC2_set_key(), RC4(), RC4_set_key(),
    RC5_32_set_key(), RSA_generate_key_ex(), RSA_public_encrypt(), SHA1(), SHA1_Final(), SHA1_Init(),
    SHA1_Transform(), SHA1_Update(), SHA256(), gcry_cipher_open(), gcry_md_hash_buffer(), gcry_md_open(),
    gcry_randomize(), gnutls_cipher_init(), gnutls_hash_fast(), gnutls_hash_init(), mbedtls_aes_crypt_ecb(),
    mbedtls_arc4_crypt(), mbedtls_arc4_setup(), mbedtls_blowfish_crypt_cbc(), mbedtls_blowfish_crypt_ecb(),
    mbedtls_blowfish_setkey(), mbedtls_chacha20_setkey(), mbedtls_chachapoly_setkey(),
    mbedtls_cipher_info_from_type(), mbedtls_des3_crypt_cbc(), mbedtls_des3_crypt_ecb(), mbedtls_des3_set2key_dec(),
    mbedtls_des3_set2key_enc(), mbedtls_des3_set3key_dec(), mbedtls_des3_set3key_enc(), mbedtls_des_crypt_cbc(),
    mbedtls_des_crypt_ecb(), mbedtls_des_setkey_dec(), mbedtls_des_setkey_enc(), mbedtls_gcm_crypt_and_tag(),
    mbedtls_gcm_setkey(), mbedtls_md2(), mbedtls_md2_ret(), mbedtls_md2_starts(), mbedtls_md2_starts_ret(),
    mbedtls_md4(), mbedtls_md4_ret(), mbedtls_md4_starts(), mbedtls_md4_starts_ret(), mbedtls_md5(),
    mbedtls_md5_ret(), mbedtls_md5_starts(), mbedtls_md5_starts_ret(), mbedtls_md_info_from_type(), mbedtls_sha1(),
    mbedtls_sha1_ret(), mbedtls_sha1_starts(), mbedtls_sha1_starts_ret(), mbedtls_sha256(), mbedtls_sha256_starts(),
    mbedtls_xtea_crypt_cbc(), mbedtls_xtea_crypt_ecb(), mbedtls_xtea_setup(), nettle_arcfour_set_key(),
    nettle_arctwo_set_key(), nettle_blowfish_set_key(), nettle_cast128_set_key(), nettle_chacha_poly1305_set_key(),
    nettle_chacha_set_key(), nettle_des3_set_key(), nettle_des_set_key(), nettle_gcm_aes128_set_key(),
    nettle_gcm_aes256_set_key(), nettle_md2_init(), nettle_md4_init(), nettle_md5_init(), nettle_sha1_init(),
    nettle_sha256_init(), nettle_sha3_256_init(), wc_AesCtrEncrypt(), wc_AesEcbDecrypt(), wc_AesEcbEncrypt(),
    wc_AesGcmEncrypt(), wc_AesGcmSetKey(), wc_Arc4Process(), wc_Arc4SetKey(), wc_ChaCha20Poly1305_Encrypt(),
    wc_Chacha_SetKey(), wc_Des3_CbcDecrypt(), wc_Des3_CbcEncrypt(), wc_Des3_EcbEncrypt(), wc_Des3_SetKey(),
    wc_Des_CbcDecrypt(), wc_Des_CbcEncrypt(), wc_Des_EcbEncrypt(), wc_Des_SetKey(), wc_InitMd2(), wc_InitMd4(),
    wc_InitMd5(), wc_InitSha(), wc_InitSha256(), wc_Md2Final(), wc_Md2Hash(), wc_Md2Update(), wc_Md4Final(),
    wc_Md4Update(), wc_Md5Final(), wc_Md5Hash(), wc_Md5Update(), wc_Rc2CbcEncrypt(), wc_Rc2EcbEncrypt(),
    wc_Rc2SetKey(), wc_Sha256Hash(), wc_ShaFinal(), wc_ShaHash(), wc_ShaUpdate();

// OpenSSL: digests
void lines_0(void) {
  MD2(p);                                       // bad: MD2
  MD2_Init(p);                                  // bad: MD2_Init
  MD2_Update(p);                                // bad: MD2_Update
  MD2_Final(p);                                 // bad: MD2_Final
  EVP_md2(p);                                   // bad: EVP_md2
  MD4(p);                                       // bad: MD4
  MD4_Init(p);                                  // bad: MD4_Init
  MD4_Update(p);                                // bad: MD4_Update
  MD4_Final(p);                                 // bad: MD4_Final
  EVP_md4(p);                                   // bad: EVP_md4
  MD5(p);                                       // bad: MD5
  MD5_Init(p);                                  // bad: MD5_Init
  MD5_Update(p);                                // bad: MD5_Update
  MD5_Final(p);                                 // bad: MD5_Final
  MD5_Transform(p);                             // bad: MD5_Transform
  EVP_md5(p);                                   // bad: EVP_md5
  EVP_md5_sha1(p);                              // bad: EVP_md5_sha1
  MDC2(p);                                      // bad: MDC2
  MDC2_Init(p);                                 // bad: MDC2_Init
  MDC2_Update(p);                               // bad: MDC2_Update
  MDC2_Final(p);                                // bad: MDC2_Final
  EVP_mdc2(p);                                  // bad: EVP_mdc2
  EVP_sha256();                                 // good
  SHA1(p);                                      // bad: SHA1
  SHA1_Init(p);                                 // bad: SHA1_Init
  SHA1_Update(p);                               // bad: SHA1_Update
  SHA1_Final(p);                                // bad: SHA1_Final
  SHA1_Transform(p);                            // bad: SHA1_Transform
  EVP_sha1(p);                                  // bad: EVP_sha1
  SHA256(p, 9, p);                              // good
}

// OpenSSL: ciphers
void lines_1(void) {
  DES_set_key(p);                               // bad: DES_set_key
  DES_set_key_checked(p);                       // bad: DES_set_key_checked
  DES_set_key_unchecked(p);                     // bad: DES_set_key_unchecked
  DES_ecb_encrypt(p);                           // bad: DES_ecb_encrypt
  DES_ncbc_encrypt(p);                          // bad: DES_ncbc_encrypt
  DES_cbc_encrypt(p);                           // bad: DES_cbc_encrypt
  DES_pcbc_encrypt(p);                          // bad: DES_pcbc_encrypt
  DES_cfb_encrypt(p);                           // bad: DES_cfb_encrypt
  DES_ofb_encrypt(p);                           // bad: DES_ofb_encrypt
  DES_xcbc_encrypt(p);                          // bad: DES_xcbc_encrypt
  DES_crypt(p);                                 // bad: DES_crypt
  DES_fcrypt(p);                                // bad: DES_fcrypt
  EVP_des_ecb(p);                               // bad: EVP_des_ecb
  EVP_des_cbc(p);                               // bad: EVP_des_cbc
  EVP_des_cfb1(p);                              // bad: EVP_des_cfb1
  EVP_des_cfb8(p);                              // bad: EVP_des_cfb8
  EVP_des_cfb64(p);                             // bad: EVP_des_cfb64
  EVP_des_ofb(p);                               // bad: EVP_des_ofb
  EVP_desx_cbc(p);                              // bad: EVP_desx_cbc
  EVP_aes_256_gcm();                            // good
  DES_ecb2_encrypt(p);                          // bad: DES_ecb2_encrypt
  DES_ecb3_encrypt(p);                          // bad: DES_ecb3_encrypt
  DES_ede2_cbc_encrypt(p);                      // bad: DES_ede2_cbc_encrypt
  DES_ede3_cbc_encrypt(p);                      // bad: DES_ede3_cbc_encrypt
  DES_ede3_cfb64_encrypt(p);                    // bad: DES_ede3_cfb64_encrypt
  DES_ede3_ofb64_encrypt(p);                    // bad: DES_ede3_ofb64_encrypt
  EVP_des_ede(p);                               // bad: EVP_des_ede
  EVP_des_ede_ecb(p);                           // bad: EVP_des_ede_ecb
  EVP_des_ede_cbc(p);                           // bad: EVP_des_ede_cbc
  EVP_des_ede_cfb64(p);                         // bad: EVP_des_ede_cfb64
  EVP_des_ede_ofb(p);                           // bad: EVP_des_ede_ofb
  EVP_des_ede3(p);                              // bad: EVP_des_ede3
  EVP_des_ede3_ecb(p);                          // bad: EVP_des_ede3_ecb
  EVP_des_ede3_cbc(p);                          // bad: EVP_des_ede3_cbc
  EVP_des_ede3_cfb1(p);                         // bad: EVP_des_ede3_cfb1
  EVP_des_ede3_cfb8(p);                         // bad: EVP_des_ede3_cfb8
  EVP_des_ede3_cfb64(p);                        // bad: EVP_des_ede3_cfb64
  EVP_des_ede3_ofb(p);                          // bad: EVP_des_ede3_ofb
  EVP_des_ede3_wrap(p);                         // bad: EVP_des_ede3_wrap
  EVP_aes_256_gcm();                            // good
  RC2_set_key(p);                               // bad: RC2_set_key
  RC2_ecb_encrypt(p);                           // bad: RC2_ecb_encrypt
  RC2_cbc_encrypt(p);                           // bad: RC2_cbc_encrypt
  EVP_rc2_ecb(p);                               // bad: EVP_rc2_ecb
  EVP_rc2_cbc(p);                               // bad: EVP_rc2_cbc
  EVP_rc2_40_cbc(p);                            // bad: EVP_rc2_40_cbc
  EVP_rc2_64_cbc(p);                            // bad: EVP_rc2_64_cbc
  EVP_rc2_cfb64(p);                             // bad: EVP_rc2_cfb64
  EVP_rc2_ofb(p);                               // bad: EVP_rc2_ofb
  EVP_aes_256_gcm();                            // good
  RC4(p);                                       // bad: RC4
  RC4_set_key(p);                               // bad: RC4_set_key
  EVP_rc4(p);                                   // bad: EVP_rc4
  EVP_rc4_40(p);                                // bad: EVP_rc4_40
  EVP_rc4_hmac_md5(p);                          // bad: EVP_rc4_hmac_md5
  EVP_aes_256_gcm();                            // good
  BF_set_key(p);                                // bad: BF_set_key
  BF_ecb_encrypt(p);                            // bad: BF_ecb_encrypt
  BF_cbc_encrypt(p);                            // bad: BF_cbc_encrypt
  BF_cfb64_encrypt(p);                          // bad: BF_cfb64_encrypt
  BF_ofb64_encrypt(p);                          // bad: BF_ofb64_encrypt
  EVP_bf_ecb(p);                                // bad: EVP_bf_ecb
  EVP_bf_cbc(p);                                // bad: EVP_bf_cbc
  EVP_bf_cfb64(p);                              // bad: EVP_bf_cfb64
  EVP_bf_ofb(p);                                // bad: EVP_bf_ofb
  CAST_set_key(p);                              // bad: CAST_set_key
  CAST_ecb_encrypt(p);                          // bad: CAST_ecb_encrypt
  CAST_cbc_encrypt(p);                          // bad: CAST_cbc_encrypt
  EVP_cast5_ecb(p);                             // bad: EVP_cast5_ecb
  EVP_cast5_cbc(p);                             // bad: EVP_cast5_cbc
  EVP_cast5_cfb64(p);                           // bad: EVP_cast5_cfb64
  EVP_cast5_ofb(p);                             // bad: EVP_cast5_ofb
  IDEA_set_encrypt_key(p);                      // bad: IDEA_set_encrypt_key
  IDEA_ecb_encrypt(p);                          // bad: IDEA_ecb_encrypt
  IDEA_cbc_encrypt(p);                          // bad: IDEA_cbc_encrypt
  EVP_idea_ecb(p);                              // bad: EVP_idea_ecb
  EVP_idea_cbc(p);                              // bad: EVP_idea_cbc
  EVP_idea_cfb64(p);                            // bad: EVP_idea_cfb64
  EVP_idea_ofb(p);                              // bad: EVP_idea_ofb
  RC5_32_set_key(p);                            // bad: RC5_32_set_key
  EVP_rc5_32_12_16_cbc(p);                      // bad: EVP_rc5_32_12_16_cbc
  EVP_rc5_32_12_16_ecb(p);                      // bad: EVP_rc5_32_12_16_ecb
  EVP_chacha20_poly1305();                      // good
  AES_ecb_encrypt(p);                           // bad: AES_ecb_encrypt
  EVP_aes_128_ecb(p);                           // bad: EVP_aes_128_ecb
  EVP_aes_192_ecb(p);                           // bad: EVP_aes_192_ecb
  EVP_aes_256_ecb(p);                           // bad: EVP_aes_256_ecb
  EVP_aria_128_ecb(p);                          // bad: EVP_aria_128_ecb
  EVP_aria_192_ecb(p);                          // bad: EVP_aria_192_ecb
  EVP_aria_256_ecb(p);                          // bad: EVP_aria_256_ecb
  EVP_camellia_128_ecb(p);                      // bad: EVP_camellia_128_ecb
  EVP_camellia_192_ecb(p);                      // bad: EVP_camellia_192_ecb
  EVP_camellia_256_ecb(p);                      // bad: EVP_camellia_256_ecb
  EVP_seed_ecb(p);                              // bad: EVP_seed_ecb
  EVP_sm4_ecb(p);                               // bad: EVP_sm4_ecb
  EVP_aes_128_gcm();                            // good
}

// OpenSSL: keys and random numbers
void lines_2(void) {
  EVP_BytesToKey(p);                            // bad: EVP_BytesToKey
  PKCS5_PBKDF2_HMAC(p, 9, p, 9, 600000, p, 9, p);  // good
  RAND_pseudo_bytes(p, 9);                      // bad: RAND_pseudo_bytes
  RAND_bytes(p, 9);                             // good
  RSA_generate_key_ex(p, 512, p, p);            // bad: RSA_generate_key_ex equals(2, 512)
  RSA_generate_key_ex(p, 768, p, p);            // bad: RSA_generate_key_ex equals(2, 768)
  RSA_generate_key_ex(p, 1024, p, p);           // bad: RSA_generate_key_ex equals(2, 1024)
  RSA_generate_key_ex(p, 3072, p, p);           // good
  EVP_PKEY_CTX_set_rsa_keygen_bits(p, 512);     // bad: EVP_PKEY_CTX_set_rsa_keygen_bits equals(2, 512)
  EVP_PKEY_CTX_set_rsa_keygen_bits(p, 768);     // bad: EVP_PKEY_CTX_set_rsa_keygen_bits equals(2, 768)
  EVP_PKEY_CTX_set_rsa_keygen_bits(p, 1024);    // bad: EVP_PKEY_CTX_set_rsa_keygen_bits equals(2, 1024)
  EVP_PKEY_CTX_set_rsa_keygen_bits(p, 3072);    // good
  DH_generate_parameters_ex(p, 512, 2, p);      // bad: DH_generate_parameters_ex equals(2, 512)
  DH_generate_parameters_ex(p, 768, 2, p);      // bad: DH_generate_parameters_ex equals(2, 768)
  DH_generate_parameters_ex(p, 1024, 2, p);     // bad: DH_generate_parameters_ex equals(2, 1024)
  DH_generate_parameters_ex(p, 3072, 2, p);     // good
  RSA_public_encrypt(9, p, p, p, RSA_NO_PADDING);  // bad: RSA_public_encrypt equals(5, RSA_NO_PADDING)
  RSA_public_encrypt(9, p, p, p, RSA_PKCS1_PADDING);  // bad: RSA_public_encrypt equals(5, RSA_PKCS1_PADDING)
  RSA_public_encrypt(9, p, p, p, RSA_PKCS1_OAEP_PADDING);  // good
  EVP_PKEY_CTX_set_rsa_padding(p, RSA_NO_PADDING);  // bad: EVP_PKEY_CTX_set_rsa_padding equals(2, RSA_NO_PADDING)
  EVP_PKEY_CTX_set_rsa_padding(p, RSA_PKCS1_OAEP_PADDING);  // good
}

// Mbed TLS
void lines_3(void) {
  mbedtls_md2(p);                               // bad: mbedtls_md2
  mbedtls_md2_ret(p);                           // bad: mbedtls_md2_ret
  mbedtls_md2_starts(p);                        // bad: mbedtls_md2_starts
  mbedtls_md2_starts_ret(p);                    // bad: mbedtls_md2_starts_ret
  mbedtls_md4(p);                               // bad: mbedtls_md4
  mbedtls_md4_ret(p);                           // bad: mbedtls_md4_ret
  mbedtls_md4_starts(p);                        // bad: mbedtls_md4_starts
  mbedtls_md4_starts_ret(p);                    // bad: mbedtls_md4_starts_ret
  mbedtls_md5(p);                               // bad: mbedtls_md5
  mbedtls_md5_ret(p);                           // bad: mbedtls_md5_ret
  mbedtls_md5_starts(p);                        // bad: mbedtls_md5_starts
  mbedtls_md5_starts_ret(p);                    // bad: mbedtls_md5_starts_ret
  mbedtls_sha256(p, 9, p, 0);                   // good
  mbedtls_sha1(p);                              // bad: mbedtls_sha1
  mbedtls_sha1_ret(p);                          // bad: mbedtls_sha1_ret
  mbedtls_sha1_starts(p);                       // bad: mbedtls_sha1_starts
  mbedtls_sha1_starts_ret(p);                   // bad: mbedtls_sha1_starts_ret
  mbedtls_sha256_starts(p, 0);                  // good
  mbedtls_md_info_from_type(MBEDTLS_MD_MD2);    // bad: mbedtls_md_info_from_type equals(1, MBEDTLS_MD_MD2)
  mbedtls_md_info_from_type(MBEDTLS_MD_MD4);    // bad: mbedtls_md_info_from_type equals(1, MBEDTLS_MD_MD4)
  mbedtls_md_info_from_type(MBEDTLS_MD_MD5);    // bad: mbedtls_md_info_from_type equals(1, MBEDTLS_MD_MD5)
  mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);  // good
  mbedtls_md_info_from_type(MBEDTLS_MD_SHA1);   // bad: mbedtls_md_info_from_type equals(1, MBEDTLS_MD_SHA1)
  mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);  // good
  mbedtls_des_setkey_enc(p);                    // bad: mbedtls_des_setkey_enc
  mbedtls_des_setkey_dec(p);                    // bad: mbedtls_des_setkey_dec
  mbedtls_des_crypt_ecb(p);                     // bad: mbedtls_des_crypt_ecb
  mbedtls_des_crypt_cbc(p);                     // bad: mbedtls_des_crypt_cbc
  mbedtls_gcm_setkey(p, 2, p, 256);             // good
  mbedtls_des3_set2key_enc(p);                  // bad: mbedtls_des3_set2key_enc
  mbedtls_des3_set2key_dec(p);                  // bad: mbedtls_des3_set2key_dec
  mbedtls_des3_set3key_enc(p);                  // bad: mbedtls_des3_set3key_enc
  mbedtls_des3_set3key_dec(p);                  // bad: mbedtls_des3_set3key_dec
  mbedtls_des3_crypt_ecb(p);                    // bad: mbedtls_des3_crypt_ecb
  mbedtls_des3_crypt_cbc(p);                    // bad: mbedtls_des3_crypt_cbc
  mbedtls_blowfish_setkey(p);                   // bad: mbedtls_blowfish_setkey
  mbedtls_blowfish_crypt_ecb(p);                // bad: mbedtls_blowfish_crypt_ecb
  mbedtls_blowfish_crypt_cbc(p);                // bad: mbedtls_blowfish_crypt_cbc
  mbedtls_xtea_setup(p);                        // bad: mbedtls_xtea_setup
  mbedtls_xtea_crypt_ecb(p);                    // bad: mbedtls_xtea_crypt_ecb
  mbedtls_xtea_crypt_cbc(p);                    // bad: mbedtls_xtea_crypt_cbc
  mbedtls_chachapoly_setkey(p, p);              // good
  mbedtls_arc4_setup(p);                        // bad: mbedtls_arc4_setup
  mbedtls_arc4_crypt(p);                        // bad: mbedtls_arc4_crypt
  mbedtls_chacha20_setkey(p, p);                // good
  mbedtls_aes_crypt_ecb(p);                     // bad: mbedtls_aes_crypt_ecb
  mbedtls_gcm_crypt_and_tag(p, 1, 9, p, 12, p, 0, p, p, 16, p);  // good
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_128_ECB);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_AES_128_ECB)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_192_ECB);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_AES_192_ECB)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_ECB);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_AES_256_ECB)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);  // good
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_ECB);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_DES_ECB)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_CBC);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_DES_CBC)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);  // good
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_EDE3_ECB);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_DES_EDE3_ECB)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_DES_EDE3_CBC);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_DES_EDE3_CBC)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_BLOWFISH_CBC);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_BLOWFISH_CBC)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);  // good
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_ARC4_128);  // bad: mbedtls_cipher_info_from_type equals(1, MBEDTLS_CIPHER_ARC4_128)
  mbedtls_cipher_info_from_type(MBEDTLS_CIPHER_AES_256_GCM);  // good
}

// GnuTLS
void lines_4(void) {
  gnutls_hash_init(p, GNUTLS_DIG_MD2);          // bad: gnutls_hash_init equals(2, GNUTLS_DIG_MD2)
  gnutls_hash_init(p, GNUTLS_DIG_MD5);          // bad: gnutls_hash_init equals(2, GNUTLS_DIG_MD5)
  gnutls_hash_init(p, GNUTLS_DIG_SHA256);       // good
  gnutls_hash_init(p, GNUTLS_DIG_SHA1);         // bad: gnutls_hash_init equals(2, GNUTLS_DIG_SHA1)
  gnutls_hash_init(p, GNUTLS_DIG_SHA256);       // good
  gnutls_hash_fast(GNUTLS_DIG_MD2, p, 9, p);    // bad: gnutls_hash_fast equals(1, GNUTLS_DIG_MD2)
  gnutls_hash_fast(GNUTLS_DIG_MD5, p, 9, p);    // bad: gnutls_hash_fast equals(1, GNUTLS_DIG_MD5)
  gnutls_hash_fast(GNUTLS_DIG_SHA256, p, 9, p);  // good
  gnutls_hash_fast(GNUTLS_DIG_SHA1, p, 9, p);   // bad: gnutls_hash_fast equals(1, GNUTLS_DIG_SHA1)
  gnutls_hash_fast(GNUTLS_DIG_SHA256, p, 9, p);  // good
  gnutls_cipher_init(p, GNUTLS_CIPHER_ARCFOUR_128, p, p);  // bad: gnutls_cipher_init equals(2, GNUTLS_CIPHER_ARCFOUR_128)
  gnutls_cipher_init(p, GNUTLS_CIPHER_ARCFOUR_40, p, p);  // bad: gnutls_cipher_init equals(2, GNUTLS_CIPHER_ARCFOUR_40)
  gnutls_cipher_init(p, GNUTLS_CIPHER_AES_256_GCM, p, p);  // good
  gnutls_cipher_init(p, GNUTLS_CIPHER_3DES_CBC, p, p);  // bad: gnutls_cipher_init equals(2, GNUTLS_CIPHER_3DES_CBC)
  gnutls_cipher_init(p, GNUTLS_CIPHER_AES_256_GCM, p, p);  // good
  gnutls_cipher_init(p, GNUTLS_CIPHER_DES_CBC, p, p);  // bad: gnutls_cipher_init equals(2, GNUTLS_CIPHER_DES_CBC)
  gnutls_cipher_init(p, GNUTLS_CIPHER_AES_256_GCM, p, p);  // good
  gnutls_cipher_init(p, GNUTLS_CIPHER_RC2_40_CBC, p, p);  // bad: gnutls_cipher_init equals(2, GNUTLS_CIPHER_RC2_40_CBC)
  gnutls_cipher_init(p, GNUTLS_CIPHER_AES_256_GCM, p, p);  // good
}

// Nettle
void lines_5(void) {
  nettle_md2_init(p);                           // bad: nettle_md2_init
  nettle_md4_init(p);                           // bad: nettle_md4_init
  nettle_md5_init(p);                           // bad: nettle_md5_init
  nettle_sha256_init(p);                        // good
  nettle_sha1_init(p);                          // bad: nettle_sha1_init
  nettle_sha3_256_init(p);                      // good
  nettle_des_set_key(p);                        // bad: nettle_des_set_key
  nettle_gcm_aes256_set_key(p, p);              // good
  nettle_des3_set_key(p);                       // bad: nettle_des3_set_key
  nettle_blowfish_set_key(p);                   // bad: nettle_blowfish_set_key
  nettle_cast128_set_key(p);                    // bad: nettle_cast128_set_key
  nettle_gcm_aes128_set_key(p, p);              // good
  nettle_arctwo_set_key(p);                     // bad: nettle_arctwo_set_key
  nettle_chacha_poly1305_set_key(p, p);         // good
  nettle_arcfour_set_key(p);                    // bad: nettle_arcfour_set_key
  nettle_chacha_set_key(p, p);                  // good
}

// Libgcrypt
void lines_6(void) {
  gcry_md_open(p, GCRY_MD_MD2, 0);              // bad: gcry_md_open equals(2, GCRY_MD_MD2)
  gcry_md_open(p, GCRY_MD_MD4, 0);              // bad: gcry_md_open equals(2, GCRY_MD_MD4)
  gcry_md_open(p, GCRY_MD_MD5, 0);              // bad: gcry_md_open equals(2, GCRY_MD_MD5)
  gcry_md_open(p, GCRY_MD_SHA256, 0);           // good
  gcry_md_open(p, GCRY_MD_SHA1, 0);             // bad: gcry_md_open equals(2, GCRY_MD_SHA1)
  gcry_md_open(p, GCRY_MD_SHA256, 0);           // good
  gcry_md_hash_buffer(GCRY_MD_MD2, p, p, 9);    // bad: gcry_md_hash_buffer equals(1, GCRY_MD_MD2)
  gcry_md_hash_buffer(GCRY_MD_MD4, p, p, 9);    // bad: gcry_md_hash_buffer equals(1, GCRY_MD_MD4)
  gcry_md_hash_buffer(GCRY_MD_MD5, p, p, 9);    // bad: gcry_md_hash_buffer equals(1, GCRY_MD_MD5)
  gcry_md_hash_buffer(GCRY_MD_SHA256, p, p, 9);  // good
  gcry_md_hash_buffer(GCRY_MD_SHA1, p, p, 9);   // bad: gcry_md_hash_buffer equals(1, GCRY_MD_SHA1)
  gcry_md_hash_buffer(GCRY_MD_SHA256, p, p, 9);  // good
  gcry_cipher_open(p, GCRY_CIPHER_DES, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_DES)
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);  // good
  gcry_cipher_open(p, GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_3DES)
  gcry_cipher_open(p, GCRY_CIPHER_BLOWFISH, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_BLOWFISH)
  gcry_cipher_open(p, GCRY_CIPHER_CAST5, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_CAST5)
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);  // good
  gcry_cipher_open(p, GCRY_CIPHER_RFC2268_40, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_RFC2268_40)
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);  // good
  gcry_cipher_open(p, GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_GCM, 0);  // bad: gcry_cipher_open equals(2, GCRY_CIPHER_ARCFOUR)
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);  // good
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_ECB, 0);  // bad: gcry_cipher_open equals(3, GCRY_CIPHER_MODE_ECB)
  gcry_cipher_open(p, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0);  // good
  gcry_randomize(p, 9, GCRY_WEAK_RANDOM);       // bad: gcry_randomize equals(3, GCRY_WEAK_RANDOM)
  gcry_randomize(p, 9, GCRY_VERY_STRONG_RANDOM);  // good
}

// wolfSSL
void lines_7(void) {
  wc_InitMd2(p);                                // bad: wc_InitMd2
  wc_Md2Update(p);                              // bad: wc_Md2Update
  wc_Md2Final(p);                               // bad: wc_Md2Final
  wc_Md2Hash(p);                                // bad: wc_Md2Hash
  wc_InitMd4(p);                                // bad: wc_InitMd4
  wc_Md4Update(p);                              // bad: wc_Md4Update
  wc_Md4Final(p);                               // bad: wc_Md4Final
  wc_InitMd5(p);                                // bad: wc_InitMd5
  wc_Md5Update(p);                              // bad: wc_Md5Update
  wc_Md5Final(p);                               // bad: wc_Md5Final
  wc_Md5Hash(p);                                // bad: wc_Md5Hash
  wc_InitSha256(p);                             // good
  wc_InitSha(p);                                // bad: wc_InitSha
  wc_ShaUpdate(p);                              // bad: wc_ShaUpdate
  wc_ShaFinal(p);                               // bad: wc_ShaFinal
  wc_ShaHash(p);                                // bad: wc_ShaHash
  wc_Sha256Hash(p, 9, p);                       // good
  wc_Des_SetKey(p);                             // bad: wc_Des_SetKey
  wc_Des_CbcEncrypt(p);                         // bad: wc_Des_CbcEncrypt
  wc_Des_CbcDecrypt(p);                         // bad: wc_Des_CbcDecrypt
  wc_Des_EcbEncrypt(p);                         // bad: wc_Des_EcbEncrypt
  wc_AesGcmSetKey(p, p, 32);                    // good
  wc_Des3_SetKey(p);                            // bad: wc_Des3_SetKey
  wc_Des3_CbcEncrypt(p);                        // bad: wc_Des3_CbcEncrypt
  wc_Des3_CbcDecrypt(p);                        // bad: wc_Des3_CbcDecrypt
  wc_Des3_EcbEncrypt(p);                        // bad: wc_Des3_EcbEncrypt
  wc_AesGcmEncrypt(p, p, p, 9, p, 12, p, 16, p, 0);  // good
  wc_Arc4SetKey(p);                             // bad: wc_Arc4SetKey
  wc_Arc4Process(p);                            // bad: wc_Arc4Process
  wc_Chacha_SetKey(p, p, 32);                   // good
  wc_Rc2SetKey(p);                              // bad: wc_Rc2SetKey
  wc_Rc2CbcEncrypt(p);                          // bad: wc_Rc2CbcEncrypt
  wc_Rc2EcbEncrypt(p);                          // bad: wc_Rc2EcbEncrypt
  wc_ChaCha20Poly1305_Encrypt(p, p, p, 0, p, 9, p, p);  // good
  wc_AesEcbEncrypt(p);                          // bad: wc_AesEcbEncrypt
  wc_AesEcbDecrypt(p);                          // bad: wc_AesEcbDecrypt
  wc_AesCtrEncrypt(p, p, p, 9);                 // good
}

// CommonCrypto
void lines_8(void) {
  CC_MD2(p);                                    // bad: CC_MD2
  CC_MD2_Init(p);                               // bad: CC_MD2_Init
  CC_MD2_Update(p);                             // bad: CC_MD2_Update
  CC_MD2_Final(p);                              // bad: CC_MD2_Final
  CC_MD4(p);                                    // bad: CC_MD4
  CC_MD4_Init(p);                               // bad: CC_MD4_Init
  CC_MD4_Update(p);                             // bad: CC_MD4_Update
  CC_MD4_Final(p);                              // bad: CC_MD4_Final
  CC_MD5(p);                                    // bad: CC_MD5
  CC_MD5_Init(p);                               // bad: CC_MD5_Init
  CC_MD5_Update(p);                             // bad: CC_MD5_Update
  CC_MD5_Final(p);                              // bad: CC_MD5_Final
  CC_SHA256(p, 9, p);                           // good
  CC_SHA1(p);                                   // bad: CC_SHA1
  CC_SHA1_Init(p);                              // bad: CC_SHA1_Init
  CC_SHA1_Update(p);                            // bad: CC_SHA1_Update
  CC_SHA1_Final(p);                             // bad: CC_SHA1_Final
  CC_SHA256_Init(p);                            // good
  CCCrypt(0, kCCAlgorithmDES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithmDES)
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // good
  CCCrypt(0, kCCAlgorithm3DES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithm3DES)
  CCCrypt(0, kCCAlgorithmCAST, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithmCAST)
  CCCrypt(0, kCCAlgorithmBlowfish, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithmBlowfish)
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // good
  CCCrypt(0, kCCAlgorithmRC4, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithmRC4)
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // good
  CCCrypt(0, kCCAlgorithmRC2, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt equals(2, kCCAlgorithmRC2)
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // good
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding | kCCOptionECBMode, p, 16, p, p, 9, p, 9, p);  // bad: CCCrypt flag_set(3, kCCOptionECBMode)
  CCCrypt(0, kCCAlgorithmAES, kCCOptionPKCS7Padding, p, 16, p, p, 9, p, 9, p);  // good
  CCCryptorCreate(0, kCCAlgorithmDES, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithmDES)
  CCCryptorCreate(0, kCCAlgorithmAES, 0, p, 16, p, p);  // good
  CCCryptorCreate(0, kCCAlgorithm3DES, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithm3DES)
  CCCryptorCreate(0, kCCAlgorithmCAST, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithmCAST)
  CCCryptorCreate(0, kCCAlgorithmBlowfish, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithmBlowfish)
  CCCryptorCreate(0, kCCAlgorithmAES, 0, p, 16, p, p);  // good
  CCCryptorCreate(0, kCCAlgorithmRC4, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithmRC4)
  CCCryptorCreate(0, kCCAlgorithmAES, 0, p, 16, p, p);  // good
  CCCryptorCreate(0, kCCAlgorithmRC2, 0, p, 16, p, p);  // bad: CCCryptorCreate equals(2, kCCAlgorithmRC2)
  CCCryptorCreate(0, kCCAlgorithmAES, 0, p, 16, p, p);  // good
  CCCryptorCreate(0, kCCAlgorithmAES, kCCOptionECBMode, p, 16, p, p);  // bad: CCCryptorCreate flag_set(3, kCCOptionECBMode)
  CCCryptorCreate(0, kCCAlgorithmAES, 0, p, 16, p, p);  // good
}

// Windows
void lines_9(void) {
  BCryptOpenAlgorithmProvider(p, BCRYPT_MD2_ALGORITHM, 0, 0);  // bad: BCRYPT_MD2_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_SHA256_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_MD4_ALGORITHM, 0, 0);  // bad: BCRYPT_MD4_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_SHA256_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_MD5_ALGORITHM, 0, 0);  // bad: BCRYPT_MD5_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_SHA256_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_SHA1_ALGORITHM, 0, 0);  // bad: BCRYPT_SHA1_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_SHA256_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_DES_ALGORITHM, 0, 0);  // bad: BCRYPT_DES_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_DESX_ALGORITHM, 0, 0);  // bad: BCRYPT_DESX_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_3DES_ALGORITHM, 0, 0);  // bad: BCRYPT_3DES_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_3DES_112_ALGORITHM, 0, 0);  // bad: BCRYPT_3DES_112_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_RC2_ALGORITHM, 0, 0);  // bad: BCRYPT_RC2_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptOpenAlgorithmProvider(p, BCRYPT_RC4_ALGORITHM, 0, 0);  // bad: BCRYPT_RC4_ALGORITHM
  BCryptOpenAlgorithmProvider(p, BCRYPT_AES_ALGORITHM, 0, 0);  // good
  BCryptSetProperty(p, p, BCRYPT_CHAIN_MODE_ECB, 9, 0);  // bad: BCRYPT_CHAIN_MODE_ECB
  BCryptSetProperty(p, p, BCRYPT_CHAIN_MODE_GCM, 9, 0);  // good
  CryptCreateHash(p, CALG_MD2, 0, 0, p);        // bad: CALG_MD2
  CryptCreateHash(p, CALG_SHA_256, 0, 0, p);    // good
  CryptCreateHash(p, CALG_MD4, 0, 0, p);        // bad: CALG_MD4
  CryptCreateHash(p, CALG_SHA_256, 0, 0, p);    // good
  CryptCreateHash(p, CALG_MD5, 0, 0, p);        // bad: CALG_MD5
  CryptCreateHash(p, CALG_SHA_256, 0, 0, p);    // good
  CryptCreateHash(p, CALG_SHA1, 0, 0, p);       // bad: CALG_SHA1
  CryptCreateHash(p, CALG_SHA_256, 0, 0, p);    // good
  CryptCreateHash(p, CALG_DES, 0, 0, p);        // bad: CALG_DES
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
  CryptCreateHash(p, CALG_DESX, 0, 0, p);       // bad: CALG_DESX
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
  CryptCreateHash(p, CALG_3DES, 0, 0, p);       // bad: CALG_3DES
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
  CryptCreateHash(p, CALG_3DES_112, 0, 0, p);   // bad: CALG_3DES_112
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
  CryptCreateHash(p, CALG_RC2, 0, 0, p);        // bad: CALG_RC2
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
  CryptCreateHash(p, CALG_RC4, 0, 0, p);        // bad: CALG_RC4
  CryptGenKey(p, CALG_AES_256, 0, p);           // good
}
