// flags: -std=c2x
// expect: refused. A device without end, as the elements of an array.
const unsigned char a[] = {
#embed "/dev/zero"
};
