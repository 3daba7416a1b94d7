// Digraphs and the words for operators.
%:include <cstring>
void f(char* d) <%
  if (strcpy(d, "") and not strcat(d, "")) d<:0:> = 0;  // use: strcpy call, strcat call
  auto g = bitand strcpy;                               // use: strcpy address
  auto h = <:=:>(char* e) <% return std::strcat(e, ""); %>;  // use: strcat call
  (void)g, (void)h;
%>
