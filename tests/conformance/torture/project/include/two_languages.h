// One line for C, one for C++, one for both.
#ifdef __cplusplus
#include <cstring>
static inline void two_languages(char *d) { std::strcpy(d, ""); }  // use: strcpy call
#else
#include <string.h>
static inline void two_languages(char *d) { strcat(d, ""); }  // use: strcat call
#endif
static inline void both_languages(char *d) { strcpy(d, ""); }  // use: strcpy call units=2
