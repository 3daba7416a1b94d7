// A deduction guide whose type comes from a call.
#include <cstring>
template <class T> struct Text { Text(T); };
template <class T> Text(T*, int) -> Text<decltype(strcpy((T*)nullptr, ""))>;  // use: strcpy call
