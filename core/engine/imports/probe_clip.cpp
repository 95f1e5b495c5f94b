// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/imports/probe_clip.h"

#include <spdlog/spdlog.h>

#include "core/base/file_stamp.h"
#include "core/media/video_reader.h"

namespace rest::engine {
namespace {

bool unchanged(const store::VideoRecord& now, const store::VideoRecord& known) {
    return known.problem.empty() && known.frames > 0 && now.file_bytes > 0 && now.path == known.path &&
           now.file_bytes == known.file_bytes && now.file_time_ns == known.file_time_ns;
}

void take_picture_facts(store::VideoRecord& to, const store::VideoRecord& from) {
    to.frames = from.frames;
    to.width = from.width;
    to.height = from.height;
    to.duration_seconds = from.duration_seconds;
}

/// Logs a line now and then for a clip of which every frame must be decoded to count them.
void tell(const std::string& path, const media::ReadProgress& progress) {
    constexpr int64_t kBetweenLines = 5000;
    if (progress.decoding && progress.packets > 0 && progress.packets % kBetweenLines == 0)
        spdlog::info("{}: {} of about {} frames counted", path, progress.packets, progress.total);
}

void open_clip(store::VideoRecord& record, const std::function<void()>& check) {
    media::MediaLimits limits;
    limits.watch = [&](const media::ReadProgress& progress) {
        if (check) check();
        tell(record.path, progress);
    };
    const auto reader = media::VideoReader::open(record.path, limits);
    if (!reader) {
        record.problem = reader.error().message.empty() ? "It cannot be read" : reader.error().message;
        record.remedy = reader.error().remedy;
        return;
    }
    const media::VideoInfo& info = reader->info();
    record.frames = info.frames;
    record.width = info.width;
    record.height = info.height;
    record.duration_seconds = info.duration_seconds;
}

}  // namespace

store::VideoRecord probe_clip(const dataset::ClipEntry& clip, int label, const store::VideoRecord* known,
                              const std::function<void()>& check) {
    store::VideoRecord record;
    record.name = known != nullptr ? known->name : clip.name;  // the project may have it in another normalisation
    record.path = clip.path.string();
    record.split = clip.split;
    record.label = label;
    const auto stamp = file_stamp(clip.path).value_or(FileStamp());
    record.file_bytes = stamp.bytes;
    record.file_time_ns = stamp.time_ns;
    if (known != nullptr && unchanged(record, *known))
        take_picture_facts(record, *known);
    else
        open_clip(record, check);
    return record;
}

}  // namespace rest::engine
