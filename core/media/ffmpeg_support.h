// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstring>
#include <filesystem>
#include <string>

namespace rest::media {

/// FFmpeg's error text for one of its negative return values.
std::string ffmpeg_text(int error);

/// Version of the loaded FFmpeg, "5.1.6".
std::string ffmpeg_version();

/// After the first call, FFmpeg's messages go to our log (debug) and never to standard error, and it allocates no block
/// larger than the largest picture needs. Any thread.
void prepare_ffmpeg();

/// Set by the first message (information or worse) of the codec context whose `opaque` points to it. It must outlive
/// the context, whose threads set it. `opaque` is not used for anything else.
using Complaint = std::atomic<bool>;

/// The numeric value of one of FFmpeg's enums. FFmpeg stores values from files in them, and reading a value that the
/// enum does not have is undefined behaviour in C++.
template <class Enum>
int number_of(const Enum& value) {
    static_assert(sizeof(Enum) == sizeof(int));
    int number = 0;
    std::memcpy(&number, &value, sizeof number);
    return number;
}

/// A path in FFmpeg's syntax: names such as "concat:x" or "-" are files too.
std::string ffmpeg_url(const std::filesystem::path& path);

}  // namespace rest::media
