/* Definitions in the style of K&R. */
/* flags: -std=gnu89 */
#include <string.h>
char *copy(d, s)
  char *d;
  char *s;
{
  return strcpy(d, s);  /* use: strcpy call */
}
int pick(strcat, gets)
  int strcat, gets;
{
  return strcat + gets;
}
