// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/libraries.h"

namespace rest::ui {

std::span<const Library> libraries() {
    static constexpr Library all[] = {
        {"Qt6", "Qt 6", "LGPL-3.0-only; Qt Charts GPL-3.0-only", "https://www.qt.io"},
        {"Torch", "LibTorch (PyTorch)", "BSD-3-Clause", "https://pytorch.org"},
        {"FFMPEG", "FFmpeg", "LGPL-2.1-or-later, or GPL-2.0-or-later as it was built", "https://ffmpeg.org"},
        {"SQLite3", "SQLite", "public domain", "https://sqlite.org"},
        {"SQLiteCpp", "SQLiteC++", "MIT", "https://github.com/SRombauts/SQLiteCpp"},
        {"ICU", "ICU", "Unicode-3.0", "https://icu.unicode.org"},
        {"CAIRO", "cairo", "LGPL-2.1-only or MPL-1.1", "https://www.cairographics.org"},
        {"JPEG", "libjpeg-turbo", "IJG and BSD-3-Clause", "https://libjpeg-turbo.org"},
        {"PNG", "libpng", "libpng-2.0", "http://www.libpng.org"},
        {"ZLIB", "zlib", "Zlib", "https://zlib.net"},
        {"LibArchive", "libarchive", "BSD-2-Clause", "https://libarchive.org"},
        {"CURL", "curl", "curl", "https://curl.se"},
        {"OpenSSL", "OpenSSL", "Apache-2.0", "https://openssl.org"},
        {"SECRET", "libsecret", "LGPL-2.1-or-later", "https://gnome.pages.gitlab.gnome.org/libsecret"},
        {"spdlog", "spdlog", "MIT", "https://github.com/gabime/spdlog"},
        {"nlohmann_json", "JSON for Modern C++", "MIT", "https://json.nlohmann.me"},
        {"tl-expected", "expected", "CC0-1.0", "https://github.com/TartanLlama/expected"},
        {"CLI11", "CLI11", "BSD-3-Clause", "https://github.com/CLIUtils/CLI11"},
        {"OpenMP", "OpenMP's run-time library", "GPL-3.0-or-later with the GCC exception", "https://gcc.gnu.org"},
    };
    return all;
}

}  // namespace rest::ui
