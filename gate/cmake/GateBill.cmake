# Filled in below: the bill of materials of the binary.
