// Headers whose names are banned names.
#include "strcpy.h"
int f(void) { return gets_value; }
