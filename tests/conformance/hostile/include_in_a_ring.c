// expect: refused. Files that include each other without end.
#include "ring_one.h"
