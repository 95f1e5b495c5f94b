// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/thumbnail_loader.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <optional>

#include "core/media/video_reader.h"
#include "ui/look/format.h"
#include "ui/look/image_convert.h"

namespace rest::ui {

namespace {

constexpr int worker_count = 2;

/// Null for a video that takes too long to decode.
QImage middleFrame(const QString& file, QSize size) {
    constexpr qint64 patience_ms = 10'000;
    QElapsedTimer timer;
    timer.start();
    media::MediaLimits limits;
    limits.stall_seconds = patience_ms / 1000.0;
    limits.watch = [&](const media::ReadProgress&) {
        if (timer.hasExpired(patience_ms)) throw Cancelled();
    };
    try {
        auto reader = media::VideoReader::open(path(file), limits);
        if (!reader || reader->info().frames <= 0) return {};
        const auto frame = reader->frame(reader->info().frames / 2);
        if (!frame) return {};
        return toQImage(*frame).scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    } catch (const Cancelled&) {
        return {};
    }
}

}  // namespace

ThumbnailLoader::ThumbnailLoader(QSize size, QObject* parent)
    : QObject(parent), size_(size), ratio_(qGuiApp ? qGuiApp->devicePixelRatio() : 1.0), cache_(600) {
    pool_.setMaxThreadCount(worker_count);
}

ThumbnailLoader::~ThumbnailLoader() {
    {
        std::lock_guard lock(mutex_);
        queue_.clear();
    }
    pool_.waitForDone();
}

QPixmap ThumbnailLoader::pixmap(store::VideoId id, const QString& path) {
    if (const QPixmap* kept = cache_.object(id)) return *kept;
    if (asked_.contains(id)) return {};
    asked_.insert(id);
    std::lock_guard lock(mutex_);
    queue_.push_back({id, path, generation_});
    if (queue_.size() > queue_limit) {
        asked_.remove(queue_.front().id);
        queue_.pop_front();
    }
    if (workers_ < worker_count) {
        ++workers_;
        pool_.start([this] { work(); });
    }
    return {};
}

void ThumbnailLoader::clear() {
    ++generation_;
    cache_.clear();
    asked_.clear();
    std::lock_guard lock(mutex_);
    queue_.clear();
}

void ThumbnailLoader::work() {
    while (true) {
        std::optional<Request> request;
        {
            std::lock_guard lock(mutex_);
            if (queue_.empty()) {
                --workers_;
                return;
            }
            request = queue_.back();
            queue_.pop_back();
        }
        const QImage image = middleFrame(request->path, size_ * ratio_);
        QMetaObject::invokeMethod(
            this, [this, r = *request, image] { finish(r, image); }, Qt::QueuedConnection);
    }
}

void ThumbnailLoader::finish(const Request& request, const QImage& image) {
    if (request.generation != generation_) return;
    asked_.remove(request.id);
    auto pixmap = std::make_unique<QPixmap>(QPixmap::fromImage(image));
    pixmap->setDevicePixelRatio(ratio_);
    cache_.insert(request.id, pixmap.release());
    Q_EMIT ready(request.id);
}

}  // namespace rest::ui
