// In place of libgit2's network transports, in a static link. gate opens none; if it did, it would fail here. Without
// them, nothing reads the system's certificates whenever libgit2 is initialised, and no Kerberos library is wanted, of
// which there is no archive.
#ifdef GATE_STATIC_LINK

extern "C" {
enum { git_ok = 0, git_error = -1 };

int git_smart_subtransport_git() { return git_error; }
int git_smart_subtransport_http() { return git_error; }
int git_smart_subtransport_ssh() { return git_error; }
int git_socket_stream_new() { return git_error; }
int git_mbedtls_stream_new() { return git_error; }
int git_mbedtls_stream_wrap() { return git_error; }
int git_mbedtls__set_cert_location() { return git_error; }

int git_transport_ssh_global_init() { return git_ok; }
int git_mbedtls_stream_global_init() { return git_ok; }
}

#endif
