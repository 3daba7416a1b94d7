// What libgit2's HTTP transport wants of a Kerberos library, of which there is no archive to link. gate opens no
// transport, so nothing here is ever called; if it were, it would fail (RFC 2744, sections 3.9.1 and 5).
#ifdef GATE_STATIC_LINK

namespace {
constexpr unsigned gss_s_complete = 0, gss_s_unavailable = 16u << 16;

// Arguments after the first are not looked at.
unsigned fail(unsigned* minor_status) {
  if (minor_status) *minor_status = 0;
  return gss_s_unavailable;
}
}  // namespace

extern "C" {
void* GSS_C_NT_HOSTBASED_SERVICE = nullptr;

unsigned gss_indicate_mechs(unsigned* minor_status) { return fail(minor_status); }
unsigned gss_test_oid_set_member(unsigned* minor_status) { return fail(minor_status); }
unsigned gss_import_name(unsigned* minor_status) { return fail(minor_status); }
unsigned gss_init_sec_context(unsigned* minor_status) { return fail(minor_status); }
unsigned gss_display_status(unsigned* minor_status) { return fail(minor_status); }
unsigned gss_delete_sec_context(unsigned*) { return gss_s_complete; }
unsigned gss_release_name(unsigned*) { return gss_s_complete; }
unsigned gss_release_buffer(unsigned*) { return gss_s_complete; }
unsigned gss_release_oid_set(unsigned*) { return gss_s_complete; }
}

#endif
