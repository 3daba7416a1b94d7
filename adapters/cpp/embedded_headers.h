// Clang's own headers, from inside this binary, as a file system.
#pragma once

#include <llvm/Support/VirtualFileSystem.h>

namespace gate::cpp {

// Where they stand: nowhere on the disk.
inline constexpr const char* resource_dir = "/.gate/clang";
inline constexpr const char* resource_include = "/.gate/clang/include";

// Knows `resource_include` and what is below it, by absolute paths; a file is unpacked when it is first opened. One for
// the whole process; not for several threads.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> embedded_headers();

}  // namespace gate::cpp
