// Directives with comments, splices and blanks where they may stand.
/* */ # /* */ include /* */ <string.h> // strcat
#inc\
lude "odd\
ly.h"
	#	include	"oddly_two.h"
#import "oddly.h"
void f(char *d) { oddly(d); oddly_two(d); }
