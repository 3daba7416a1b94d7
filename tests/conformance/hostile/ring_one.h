#include "ring_two.h"
