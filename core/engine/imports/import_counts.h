// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace rest::engine {

/// What an import made of its clips, for the user.
struct ImportCounts {
    int64_t clips = 0;
    int64_t classes = 0;
    // Each clip is one of these.
    int64_t fresh = 0;       // the project had none such
    int64_t changed = 0;     // the file is another one than before, or lies elsewhere
    int64_t unchanged = 0;   // nothing of the file has changed
    int64_t relabelled = 0;  // of those known: in another split or class than before
    int64_t unreadable = 0;
    int64_t gone = 0;      // videos of the project that lay in the folder and are not there any more
    int64_t problems = 0;  // of lists and files
};

/// "7 clips (1 new, 1 changed, 5 as before), 3 classes, 1 cannot be read, 2 gone, 1 problem"; what is none is left out.
std::string words_of(const ImportCounts& counts);

/// "1 clip", "2 clips".
std::string counted(int64_t n, const char* one, const char* many);

}  // namespace rest::engine
