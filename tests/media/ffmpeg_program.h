// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/media/video_reader.h"

namespace rest::test {

/// Skips the test if there is no `ffmpeg` program to compare with.
#define REST_FFMPEG_OR_SKIP() \
    if (!rest::test::has_ffmpeg()) QSKIP("There is no ffmpeg program here (packaging/packages names it)")

bool has_ffmpeg();
/// False if the program fails, as it does when it cannot encode something. Files are overwritten.
bool run_ffmpeg(const QStringList& arguments);
/// The pixel formats that an encoder reports as supported; none if this FFmpeg lacks the encoder.
QStringList formats_of(const QString& encoder);
/// All pixel formats that FFmpeg can write.
QStringList all_formats();

/// The frames that the program writes as rgb24, concatenated, of each file in turn; empty for a file that it cannot
/// convert. One process for many files: starting it takes longer than a small clip.
std::vector<std::string> ffmpeg_pixels(const std::vector<std::filesystem::path>& files);

/// Ours in the same form; `problem` is the reason if there are none.
std::string our_pixels(const std::filesystem::path& file, std::string& problem);

/// Empty if our frames of the file equal those of the program byte for byte.
std::string difference(const std::filesystem::path& file, const std::string& wanted);
std::string difference(const std::filesystem::path& file);

}  // namespace rest::test
