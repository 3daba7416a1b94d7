// Members of structures and unions.
struct text { char *(*strcpy)(char *, const char *); int gets; struct { int system; } popen; int atoi : 3; };
union either { int strcat; char *(*memcpy)(int); };
int f(struct text *t, union either u, char *d) {
  t->strcpy(d, d);
  (*t).gets = t->popen.system;
  (t->strcpy)(d, d);
  u.memcpy(u.strcat);
  t -> /* */ strcpy (d, d);
  struct text w = {.strcpy = 0, .popen.system = 1, .gets = 2};
  return w.atoi + (int)__builtin_offsetof(struct text, gets) + (int)sizeof(w.strcpy(d, d));
}
