// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace rest::fuzz {

namespace fs = std::filesystem;

namespace {

fs::path memory_folder() {
    const fs::path memory = "/dev/shm";
    return ::access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
}

[[noreturn]] void give_up(const char* what) {
    std::perror(what);
    std::abort();
}

}  // namespace

void promise(bool kept, const char* what) {
    if (kept) return;
    std::fprintf(stderr, "A promise was broken: %s\n", what);
    std::abort();
}

std::vector<std::string_view> parts_of(std::string_view bytes, size_t count) {
    constexpr char kSeparator = '\x1f';
    std::vector<std::string_view> parts(count);
    for (size_t i = 0; i + 1 < count; ++i) {
        const size_t end = bytes.find(kSeparator);
        parts[i] = bytes.substr(0, end);
        bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
    }
    parts.back() = bytes;
    return parts;
}

Scratch::Scratch() {
    std::string pattern = (memory_folder() / "rest-fuzz.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) give_up("mkdtemp");
    folder_ = pattern;
}

Scratch::~Scratch() {
    for (const auto& [path, file] : files_) ::close(file);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

fs::path Scratch::put(const std::string& name, std::string_view content) {
    const fs::path path = folder_ / name;
    auto [at, fresh] = files_.emplace(path, -1);
    if (fresh) {
        fs::create_directories(path.parent_path());
        at->second = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    }
    const int file = at->second;
    const bool written = ::ftruncate(file, static_cast<off_t>(content.size())) == 0 &&
                         ::pwrite(file, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size());
    if (!written) give_up(path.c_str());
    return path;
}

void Scratch::tidy() {
    std::vector<fs::path> strays;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
        if (!entry.is_directory() && !files_.contains(entry.path())) strays.push_back(entry.path());
    }
    std::error_code ignored;
    for (const auto& stray : strays) fs::remove(stray, ignored);
}

}  // namespace rest::fuzz
