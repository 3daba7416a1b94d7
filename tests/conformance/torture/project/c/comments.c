// strcpy(d, s) in comments of both kinds.
/* strcpy(d, s); */
/* strcpy(d, s);
   strcat(d, s); // */
int f(void) { return 0; /* system("x") */ } // gets(d)
/*/ strcpy(d, s); /*/
/** popen // */
// "unterminated strcpy(
