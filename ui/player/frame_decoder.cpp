// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/frame_decoder.h"

#include <algorithm>

#include "core/image/view.h"
#include "core/media/video_reader.h"
#include "ui/look/format.h"
#include "ui/look/image_convert.h"

namespace rest::ui {

namespace {
constexpr int cache_kib = 192 * 1024;
constexpr int longest_short_side = 720;  // a higher resolution is not visible in the player and fills the cache
constexpr int sample_width = 320;
}  // namespace

FrameDecoder::FrameDecoder() : cache_(cache_kib) {}
FrameDecoder::~FrameDecoder() = default;

void FrameDecoder::open(int ticket, const QString& file) {
    ticket_ = ticket;
    cache_.clear();
    reader_.reset();
    media::MediaLimits limits{.threads = media::threads_for_one_clip()};
    limits.watch = [this, ticket](const media::ReadProgress&) {
        if (ticket < wanted_) throw Cancelled();
    };
    try {
        auto reader = media::VideoReader::open(path(file), limits);
        if (!reader) {
            Q_EMIT failed(ticket, text(reader.error().message), text(reader.error().remedy));
            return;
        }
        reader_ = std::make_unique<media::VideoReader>(std::move(*reader));
    } catch (const Cancelled&) {
        return;
    }
    const auto& times = reader_->times_seconds();
    Q_EMIT opened(ticket, QList<double>(times.begin(), times.end()), reader_->info().frames_per_second);
}

QImage FrameDecoder::frame(qint64 index) {
    if (const QImage* kept = cache_.object(index)) return *kept;
    try {
        const auto frame = reader_->frame(index);
        if (!frame) {
            Q_EMIT failed(ticket_, text(frame.error().message), text(frame.error().remedy));
            return {};
        }
        const QImage image = toQImage(image::limit_short_side(*frame, longest_short_side));
        cache_.insert(index, new QImage(image), static_cast<int>(image.sizeInBytes() / 1024 + 1));
        return image;
    } catch (const Cancelled&) {
        return {};
    }
}

void FrameDecoder::decode(int ticket, qint64 index) {
    if (ticket != ticket_ || !reader_) return;
    if (const QImage image = frame(index); !image.isNull()) Q_EMIT decoded(ticket, index, image);
}

void FrameDecoder::sample(int ticket, int sample, qint64 index) {
    if (ticket != ticket_ || !reader_) return;
    const QImage image = frame(index);
    if (image.isNull()) return;
    Q_EMIT sampled(ticket, sample,
                   image.scaledToWidth(std::min(image.width(), sample_width), Qt::SmoothTransformation));
}

}  // namespace rest::ui
