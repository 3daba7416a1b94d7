// A string that goes over two lines; its second line looks like a call.
const char *text = "\
strcpy(d, s); \" \
strcat(d, s);";
