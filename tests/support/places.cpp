// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/places.h"

namespace rest::test {

namespace fs = std::filesystem;

// The only source that contains a path of this machine: all others compile to the same in any folder.
fs::path source_dir() {
    return REST_SOURCE_DIR;
}

fs::path build_dir() {
    return fs::read_symlink("/proc/self/exe").parent_path().parent_path();
}

fs::path rest_program() {
    return build_dir() / "bin" / "rest";
}

}  // namespace rest::test
