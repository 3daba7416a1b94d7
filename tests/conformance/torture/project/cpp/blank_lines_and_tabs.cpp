// Tabs and form feeds before a name: columns count bytes.
#include <cstring>
void f(char* d) {
		strcpy(d, "");	strcat(d, "");  // use: strcpy call:3, strcat call:18
 strcpy(d, "");  // use: strcpy call:3
}
