// Nothing of the name but the file's.
enum { gets_value = 1 };
