// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstring>
#include <filesystem>
#include <string>

namespace rest::media {

/// FFmpeg's words for one of its negative return values.
std::string ffmpeg_text(int error);

/// Of the FFmpeg that is loaded, "5.1.6".
std::string ffmpeg_version();

/// From the first call on, FFmpeg's messages go to our log (debug) and never to standard error, and it allocates no
/// block larger than a picture of the largest size can need. Any thread.
void prepare_ffmpeg();

/// Set by the first message (information or worse) of the codec context whose `opaque` points to one. It outlives the
/// context, whose threads set it. `opaque` is put to no other use.
using Complaint = std::atomic<bool>;

/// The number in one of FFmpeg's enums. It puts there what a file says, and to read a number as an enum that has no
/// such value is undefined in C++.
template <class Enum>
int number_of(const Enum& value) {
    static_assert(sizeof(Enum) == sizeof(int));
    int number = 0;
    std::memcpy(&number, &value, sizeof number);
    return number;
}

/// A path as FFmpeg wants it: names such as "concat:x" or "-" are files too.
std::string ffmpeg_url(const std::filesystem::path& path);

}  // namespace rest::media
