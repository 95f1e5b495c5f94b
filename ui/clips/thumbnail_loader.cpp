// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/thumbnail_loader.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QWidget>
#include <functional>
#include <optional>

#include "core/media/video_reader.h"
#include "ui/look/format.h"
#include "ui/look/image_convert.h"

namespace rest::ui {

namespace {

constexpr int worker_count = 2;
constexpr int thumbnails_kept = 600;
constexpr int strips_kept = 240;

QImage scaledFrame(const image::Image& frame, QSize size) {
    return toQImage(frame).scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

QImage stripOf(const std::vector<image::Image>& frames, QSize size, int gap) {
    const auto count = static_cast<int>(frames.size());
    QImage strip(count * size.width() + (count - 1) * gap, size.height(), QImage::Format_ARGB32_Premultiplied);
    strip.fill(Qt::transparent);
    QPainter painter(&strip);
    for (int i = 0; i < count; ++i) {
        const QImage one = scaledFrame(frames[static_cast<size_t>(i)], size);
        painter.drawImage(i * (size.width() + gap) + (size.width() - one.width()) / 2,
                          (size.height() - one.height()) / 2, one);
    }
    return strip;
}

/// How a picture is made of a video.
struct PictureForm {
    QSize size;
    int frames = 1;  // 1: the middle one; more: a strip of frames at equal distances
    int gap = 0;     // between them
};

/// Null for a video that takes too long to decode, and for one that is given up.
QImage pictureOf(const QString& file, const PictureForm& form, const std::function<bool()>& given_up) {
    constexpr qint64 patience_ms = 10'000;
    QElapsedTimer timer;
    timer.start();
    media::MediaLimits limits;
    limits.stall_seconds = patience_ms / 1000.0;
    limits.watch = [&](const media::ReadProgress&) {
        if (given_up() || timer.hasExpired(patience_ms)) throw Cancelled();
    };
    try {
        auto reader = media::VideoReader::open(path(file), limits);
        if (!reader || reader->info().frames <= 0) return {};
        if (form.frames > 1) {
            const auto frames = reader->sample(form.frames);
            return frames ? stripOf(*frames, form.size, form.gap) : QImage();
        }
        const auto frame = reader->frame(reader->info().frames / 2);
        return frame ? scaledFrame(*frame, form.size) : QImage();
    } catch (const Cancelled&) {
        return {};
    }
}

}  // namespace

ThumbnailLoader::ThumbnailLoader(QSize size, QObject* parent, int frames)
    : QObject(parent),
      size_(size),
      frames_(frames),
      ratio_(qGuiApp ? qGuiApp->devicePixelRatio() : 1.0),
      cache_(frames > 1 ? strips_kept : thumbnails_kept) {
    pool_.setMaxThreadCount(worker_count);
}

ThumbnailLoader::~ThumbnailLoader() {
    giveUp();
    pool_.waitForDone();
}

void ThumbnailLoader::serve(QWidget* view) {
    view->installEventFilter(this);
}

bool ThumbnailLoader::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Hide) giveUp();
    return QObject::eventFilter(watched, event);
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
    giveUp();
    cache_.clear();
}

void ThumbnailLoader::giveUp() {
    ++generation_;
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
        const PictureForm form{size_ * ratio_, frames_, qRound(strip_gap * ratio_)};
        const QImage image = pictureOf(request->path, form, [&] { return request->generation != generation_; });
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
