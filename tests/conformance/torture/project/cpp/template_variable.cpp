// Variable templates and their specialisations.
#include <cstring>
using copier = char* (*)(char*, const char*);
template <class T> copier chosen = strcpy;              // use: strcpy address
template <> copier chosen<int> = strcat;                // use: strcat address
template <class T> copier chosen<T*> = std::strcpy;     // use: strcpy address
