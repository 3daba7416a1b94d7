// Found by the angled form.
static inline void ordered_angled(char *d) { strcat(d, d); }  // use: strcat call
