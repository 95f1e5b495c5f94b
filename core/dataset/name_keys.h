// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::dataset {

// The forms in which names are compared. Files are opened by their own bytes, never by these.

/// True for the extensions that FFmpeg is asked to open, with the dot, in any case.
bool is_video_extension(std::string_view extension);

/// Without every known video extension at the end: "a/ID_000062_000072.mp4.mkv" -> "a/ID_000062_000072". Others are
/// part of a name: "take.2" stays.
std::string_view without_video_extensions(std::string_view path);

/// A clip's path as lists may name it: NFC, '/' between names, no ".", no doubled '/', no video extension.
std::string clip_key(std::string_view path);
/// The same where case, blanks and '_' do not count, nor blanks at the ends of names.
std::string loose_clip_key(std::string_view path);

/// A class as it is compared: NFC, lower case, without blanks, '_' and '-'. "HandStandPushups", "handstand_pushups" and
/// "Handstand Pushups" are one. Between two digits they count: "1-2" is not "12". "" for a name of nothing else.
std::string class_key(std::string_view name);

}  // namespace rest::dataset
