// Tags of structures, unions and enumerations.
struct strcpy { int a; };
union gets { struct strcpy s; };
struct strcpy *f(union gets *u) { return &u->s; }
