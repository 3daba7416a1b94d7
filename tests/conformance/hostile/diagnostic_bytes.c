// expect: refused. An error message with a terminal escape, and bytes that are no UTF-8.
#error [31m ]0;owned ÿþ ›31m
