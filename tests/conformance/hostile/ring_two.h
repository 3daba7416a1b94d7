#include "ring_one.h"
