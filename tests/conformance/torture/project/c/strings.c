// Names in string literals and character constants.
const char *a = "strcpy(d, s)", *b = "\"strcpy(d, s)", *c = "a\\", *e = "strcat(" "d)";
const void *w = L"system(\"x\")", *u = u8"gets" , *v = U"popen";
int multi = 'gets';
const char *half = "/* strcpy(d, s)", *other = "*/ // strcpy(d, s)";
