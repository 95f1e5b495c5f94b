// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/interchange/exporters.h"
#include "core/interchange/newest_caption.h"
#include "core/interchange/plain_file.h"

namespace rest::interchange {
namespace {

namespace fs = std::filesystem;

/// Cue text as WebVTT escapes it; a line break would end the cue.
std::string cue_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

std::string cue_time(double seconds) {
    constexpr double kMilli = 1000;
    const auto ms = static_cast<int64_t>(seconds * kMilli + 0.5);
    return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3'600'000, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

/// The video's name as a path below a folder: nothing in it leads out again. Players look for "x.vtt" beside "x.mp4";
/// where another video has taken that, "x.avi.vtt".
fs::path file_for(const std::string& name, std::set<fs::path>& taken) {
    fs::path path;
    for (const auto& part : fs::path(name).relative_path()) path /= part == ".." ? fs::path("__") : part;
    fs::path file = path;
    file.replace_extension(".vtt");
    if (!taken.insert(file).second) {
        file = path.string() + ".vtt";
        taken.insert(file);
    }
    return file;
}

}  // namespace

int64_t write_subtitles(const RunSource& source, const std::optional<MeasuredEpoch>& epoch, const fs::path& folder,
                        Task& task) {
    const NewestCaptions captions(source, epoch);
    task.begin("Exporting subtitles", "videos", static_cast<int64_t>(source.videos.size()));
    std::set<fs::path> taken;
    int64_t files = 0, done = 0;
    for (const auto& video : source.videos) {
        task.check();
        task.advance(++done);
        const auto caption = captions.of(video);
        if (!caption) continue;
        // A cue must end after it begins, whatever is known of the video's length.
        const double end = std::max(video.duration_seconds, 1.0);
        write_plain_file(folder / file_for(video.name, taken),
                         fmt::format("WEBVTT\n\nNOTE REST Studio: {}, run {}, {}\n\n{} --> {}\n{}\n",
                                     cue_text(source.project.folder().stem().string()), source.run.id, caption->where,
                                     cue_time(0), cue_time(end), cue_text(caption->text)));
        ++files;
    }
    return files;
}

}  // namespace rest::interchange
