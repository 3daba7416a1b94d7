// expect: refused. A folder.
#include "/"
