// Enumerators and enumerations.
enum popen { system, gets = 4, strcpy };
int f(enum popen p) { return p == system ? gets : strcpy; }
