// expect: refused. A file outside the project that is no source.
#include "/etc/passwd"
