// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/clip_preview.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/player/frame_decoder.h"

namespace rest::ui {

namespace {
constexpr int shortest_wait_ms = 30;  // the picture is small: no more than that is seen of it
}

ClipPreview::ClipPreview(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Preview of the video"));
    setFocusPolicy(Qt::NoFocus);
    hide();
    next_.setSingleShot(true);
    connect(&next_, &QTimer::timeout, this, [this] { decode((shown_ + 1) % std::max<qint64>(1, times_.size())); });
}

ClipPreview::~ClipPreview() {
    if (decoder_) decoder_->abandonBefore(ticket_ + 1);
    thread_.quit();
    thread_.wait();
}

void ClipPreview::begin() {
    decoder_ = new FrameDecoder;
    thread_.setObjectName(QStringLiteral("preview"));
    decoder_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, decoder_, &QObject::deleteLater);
    connect(decoder_, &FrameDecoder::opened, this, [this](int ticket, const QList<double>& times, double rate) {
        if (ticket != ticket_ || times.isEmpty()) return;
        times_ = times;
        frames_per_second_ = rate;
        decode(0);
    });
    connect(decoder_, &FrameDecoder::decoded, this, [this](int ticket, qint64 frame, const QImage& image) {
        if (ticket != ticket_) return;
        image_ = image;
        shown_ = frame;
        show();
        raise();
        update();
        const double seconds = frame + 1 < times_.size() ? times_[frame + 1] - times_[frame]
                               : frames_per_second_ > 0  ? 1 / frames_per_second_
                                                         : 0.04;
        if (times_.size() > 1) next_.start(std::max(shortest_wait_ms, static_cast<int>(seconds * 1000)));
    });
    connect(decoder_, &FrameDecoder::failed, this, [this](int ticket) {
        if (ticket == ticket_) stop();
    });
    thread_.start();
}

void ClipPreview::play(const QString& path) {
    if (path == path_) return;
    stop();
    if (path.isEmpty()) return;
    if (!decoder_) begin();
    path_ = path;
    QMetaObject::invokeMethod(decoder_, [decoder = decoder_, ticket = ticket_, path] { decoder->open(ticket, path); });
}

void ClipPreview::stop() {
    next_.stop();
    hide();
    path_.clear();
    times_.clear();
    shown_ = -1;
    image_ = {};
    ++ticket_;
    if (decoder_) decoder_->abandonBefore(ticket_);
}

void ClipPreview::decode(qint64 frame) {
    QMetaObject::invokeMethod(decoder_,
                              [decoder = decoder_, ticket = ticket_, frame] { decoder->decode(ticket, frame); });
}

void ClipPreview::paintEvent(QPaintEvent*) {
    if (image_.isNull()) return;
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath clip;
    clip.addRoundedRect(rect(), 5, 5);
    painter.setClipPath(clip);
    painter.fillRect(rect(), Qt::black);
    const QSizeF size = QSizeF(image_.size()).scaled(QSizeF(width(), height()), Qt::KeepAspectRatio);
    painter.drawImage(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size), image_);
}

}  // namespace rest::ui
