// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace rest::fuzz {

/// The result for an input.
enum class Outcome { read, refused };

/// Passes one input to the reader that a fuzz target tests; every fuzz_NAME.cpp defines its own. It returns whatever
/// the input is, and checks the reader's promises on what was read.
Outcome try_input(std::string_view bytes);

/// Ends the process and prints `what` if a promise is broken: to a fuzzer that is a crash.
void promise(bool kept, const char* what);

/// Runs a reader: `refused` if it throws Error, whose message must contain `named` and must not be too long. Any other
/// exception is a fault and passes through.
template <class Read>
Outcome outcome_of(Read&& read, std::string_view named) {
    constexpr size_t kLongestMessage = 100'000;
    try {
        read();
        return Outcome::read;
    } catch (const Error& e) {
        const std::string_view message = e.what();
        promise(message.find(named) != std::string_view::npos, "an error names the file");
        promise(message.size() < kLongestMessage, "an error can be read by people");
        return Outcome::refused;
    }
}

/// Splits the input at the separator byte 0x1f into exactly `count` parts; missing ones are empty, the last keeps the
/// rest.
std::vector<std::string_view> parts_of(std::string_view bytes, size_t count);

/// A private folder in memory, for readers that need a path. Removed with the process.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    /// A file of this name with that content; quick if it exists already.
    std::filesystem::path put(const std::string& name, std::string_view content);
    /// Removes all files that put() did not create.
    void tidy();

  private:
    std::filesystem::path folder_;
    std::map<std::filesystem::path, int> files_;  // open descriptors
};

}  // namespace rest::fuzz
