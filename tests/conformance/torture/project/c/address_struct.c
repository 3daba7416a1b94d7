// Function pointers in structures, by order and by designator.
#include <stdlib.h>
#include <string.h>
struct operations { char *(*copy)(char *, const char *); int (*number)(const char *); int count; };
struct operations by_order = {strcpy, atoi, 2};                      // use: strcpy address:31, atoi address:39
struct operations by_name = {.number = atoi, .copy = strcpy};        // use: atoi address:40, strcpy address:54
struct operations many[] = {[1] = {.copy = strcat}, [0] = {strcpy}}; // use: strcat address:44, strcpy address:60
struct { struct operations inner; } nested = {.inner.copy = strcpy}; // use: strcpy address
