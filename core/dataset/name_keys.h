// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::dataset {

// Normalised forms in which names are compared. Files are opened by their original bytes, never by these.

/// True for the extensions that we open with FFmpeg, with the dot, in any case.
bool is_video_extension(std::string_view extension);

/// Without any known video extensions at the end: "a/ID_000062_000072.mp4.mkv" -> "a/ID_000062_000072". Others are part
/// of a name: "take.2" stays.
std::string_view without_video_extensions(std::string_view path);

/// A clip's path as lists may give it: NFC, '/' as separator, no ".", no doubled '/', no video extension.
std::string clip_key(std::string_view path);
/// The same ignoring case, spaces and '_', also at the ends of names.
std::string loose_clip_key(std::string_view path);

/// A class name normalised for comparison: NFC, lower case, without spaces, '_' and '-'. "HandStandPushups",
/// "handstand_pushups" and "Handstand Pushups" are equal. Between two digits separators count: "1-2" is not "12". ""
/// for a name of nothing else.
std::string class_key(std::string_view name);

}  // namespace rest::dataset
