// expect: refused. A terminal, where reading waits for a person.
#include "/dev/tty"
