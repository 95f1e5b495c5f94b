// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::dataset {

// Normalised forms in which names are compared. Files are opened by their original bytes, never by these.

/// True for the extensions that we open with FFmpeg, with the dot, in any case.
bool is_video_extension(std::string_view extension);
/// True for those of pictures that may move: .gif, .apng.
bool is_animation_extension(std::string_view extension);

/// Without every known extension of videos and animations at the end: "a/ID_000062_000072.mp4.mkv" ->
/// "a/ID_000062_000072". Others are part of a name: "take.2" stays.
std::string_view without_video_extensions(std::string_view path);

/// A clip's path as lists may give it: NFC, '/' as separator, no ".", no doubled '/', no video extension.
std::string clip_key(std::string_view path);
/// The same ignoring case, spaces and '_', also at the ends of names.
std::string loose_clip_key(std::string_view path);

/// A clip_key() with its folders as classes are compared: "brush_hair/a" and "Brush Hair/a" are one place.
std::string with_comparable_folders(std::string_view key);

/// A class as it is compared: NFC, lower case, without blanks, '_' and '-'. "HandStandPushups", "handstand_pushups" and
/// "Handstand Pushups" are one. Between two digits they count: "1-2" is not "12". A name of nothing else, "_",
/// stays as it is.
std::string class_key(std::string_view name);

}  // namespace rest::dataset
