// A declaration is no use.
#ifndef HAND_DECLARED_H
#define HAND_DECLARED_H
extern char *tmpnam(char *);
#endif
