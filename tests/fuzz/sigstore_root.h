// The trust root of the corpus of bundles: made once by the tests' own authority, whose keys nobody has kept.
#pragma once

inline constexpr const char* sigstore_root = R"json({
  "certificateAuthorities": [
    {
      "certChain": {
        "certificates": [
          {
            "rawBytes": "MIIBjTCCATSgAwIBAgICA+owCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEcm9vdDAeFw0yNTA1MDUxMjAwMDBaFw0yNjEyMjYxMjAwMDBaMBcxFTATBgNVBAMMDGludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPFSStaPsW1BmzeP8BGZR2odJ7aaDV9OkZEo9v9+5Os1gKlPhBWrMk5+QrPWDwzevzslgUn6XXOOoaIPnkmonS6jeDB2MA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBSfijN427X1PScX2U0ypfoStu3hFjAfBgNVHSMEGDAWgBT7wBQ3zEEPiL4PiHTxlIIOwlbWHjATBgNVHSUEDDAKBggrBgEFBQcDAzAKBggqhkjOPQQDAgNHADBEAiB0PH1WlkYLFbhsYw8ww+Sg6MSxirpX8DQJsx8GKAsaTwIgIUeITlj4WlrY3OBOGHQnd2TZ364mpSgClLuMkeLCvXs="
          },
          {
            "rawBytes": "MIIBTjCB9qADAgECAgID6TAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDARyb290MB4XDTI1MDUwNTEyMDAwMFoXDTI2MTIyNjEyMDAwMFowDzENMAsGA1UEAwwEcm9vdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCx7iJF5gZqgw/XHj5ZebSrPuQNxvdkEJL28pXaAw0IJVCwcqStiaPtBl6NEhdXTaNZRiwMXuEGJnEwKp//JNuKjQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBT7wBQ3zEEPiL4PiHTxlIIOwlbWHjAKBggqhkjOPQQDAgNHADBEAiBMgk4OrnH/3Kcq0VrqiwII4x6tTI2KlpLkmDDk1T3AywIgeUZ0c1bfxWlhKEK4PhuxpyNvdRnshfxI812D/Ijb01k="
          }
        ]
      },
      "uri": "",
      "validFor": {
        "end": "2026-12-26T12:00:00Z",
        "start": "2025-05-05T12:00:00Z"
      }
    }
  ],
  "ctlogs": [
    {
      "baseUrl": "https://ct.example.org",
      "hashAlgorithm": "SHA2_256",
      "logId": {
        "keyId": "LidnIiSd72iEGtJW60nzyzcQ2dPTRJkBH9fWFvUDguU="
      },
      "publicKey": {
        "keyDetails": "PKIX_ECDSA_P256_SHA_256",
        "rawBytes": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAPJaPOONwc5DEdcS/7DOUzeT8/8IKKsXNzx1mADEfGPhatrjHgQnwJ7NbysgNQmm4On0CKhDM2sw1RSw3lQfyQ==",
        "validFor": {
          "end": "2026-12-26T12:00:00Z",
          "start": "2025-05-05T12:00:00Z"
        }
      }
    }
  ],
  "mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
  "timestampAuthorities": [
    {
      "certChain": {
        "certificates": [
          {
            "rawBytes": "MIIBjzCCATWgAwIBAgICA+wwCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKc3RhbXAgcm9vdDAeFw0yNTA1MDUxMjAwMDBaFw0yNjEyMjYxMjAwMDBaMBIxEDAOBgNVBAMMB3N0YW1wZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ6pGrrMymSPi7vRpOa5gnP1iG7zCh8qt+M7pBD8GDZwVf4HTwEZEEf5f7YFrv6ZtfUKy28mbeFPp2ISVl4BKyFo3gwdjAMBgNVHRMBAf8EAjAAMA4GA1UdDwEB/wQEAwIHgDAdBgNVHQ4EFgQUpfE4aUSs+mKJ5Kr9du7aaz2MBlgwHwYDVR0jBBgwFoAUGxreU29kSQWEf160103BJsGlUnswFgYDVR0lAQH/BAwwCgYIKwYBBQUHAwgwCgYIKoZIzj0EAwIDSAAwRQIhALIgBxy/fsG2svJzolvtej1A7DqBZ+aW81MrVdHfCsrcAiBCrV5tCkRedE4s4W+wj0pg79avI7qfTQjqTqkPYJKHEA=="
          },
          {
            "rawBytes": "MIIBXDCCAQKgAwIBAgICA+swCgYIKoZIzj0EAwIwFTETMBEGA1UEAwwKc3RhbXAgcm9vdDAeFw0yNTA1MDUxMjAwMDBaFw0yNjEyMjYxMjAwMDBaMBUxEzARBgNVBAMMCnN0YW1wIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASO45cZGQyCsK495/t1211OkUenEIZ+Nq/Pb3eVCR1IPqofZE1PbD7E1w4hRymoV49HOAgJvGCdzHHmWSeAnGYvo0IwQDAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwIBBjAdBgNVHQ4EFgQUGxreU29kSQWEf160103BJsGlUnswCgYIKoZIzj0EAwIDSAAwRQIhALLMhs/rT1dPBqrXxj7js6DoYRBKiEISFo8NAeNDsg1/AiBBWpSr+Wq7RvifyYrXTV0Nm2BG+UTmKUGcq6lJ29SVcg=="
          }
        ]
      },
      "uri": "",
      "validFor": {
        "end": "2026-12-26T12:00:00Z",
        "start": "2025-05-05T12:00:00Z"
      }
    }
  ],
  "tlogs": [
    {
      "baseUrl": "https://rekor.example.org",
      "hashAlgorithm": "SHA2_256",
      "logId": {
        "keyId": "5RsZaMxfqjw6DRrf9qIw5mZK/HQek8hRfD4uhCYjEJ0="
      },
      "publicKey": {
        "keyDetails": "PKIX_ECDSA_P256_SHA_256",
        "rawBytes": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEnFotzDlSGGEtH/0QPXpVQdvabZRO38vIN2uKyiAMA+Is1xXXMCbu+wd0P9SvfRqrfvFKFEjr5JWwE7ZM5DjMLA==",
        "validFor": {
          "end": "2026-12-26T12:00:00Z",
          "start": "2025-05-05T12:00:00Z"
        }
      }
    },
    {
      "baseUrl": "https://log2026.example.org",
      "hashAlgorithm": "SHA2_256",
      "logId": {
        "keyId": "gYHRmOjA2u3w2+mafzKoEY64xwBvqTmNJ2UXe5PxzCY="
      },
      "publicKey": {
        "keyDetails": "PKIX_ED25519",
        "rawBytes": "MCowBQYDK2VwAyEA1WGqkkrYdHpWVMbLm//sid876NpwyvHndukMEqEf8iQ=",
        "validFor": {
          "end": "2026-12-26T12:00:00Z",
          "start": "2025-05-05T12:00:00Z"
        }
      }
    }
  ]
}
)json";
