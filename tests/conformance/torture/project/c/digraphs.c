// Digraphs for brackets, braces and the number sign.
%:include <string.h>
%:define COPY(d, s) strcpy(d, s) // body: strcpy
%:define GLUE(a, b) a%:%:b // body: strcat
void f(char *d, const char *s) <%
  strcpy(d, s);         // use: strcpy call
  COPY(d<:0:> ? d : d, s);  // use: strcpy call through COPY
  GLUE(str, cat)(d, s);     // use: strcat call through GLUE
%>
