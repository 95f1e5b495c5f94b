// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rating/clip_track.h"

#include "ui/player/frame_decoder.h"

namespace rest::ui {

ClipTrack::ClipTrack(QObject* parent) : QObject(parent), decoder_(new FrameDecoder) {
    thread_.setObjectName(QStringLiteral("clip"));
    decoder_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, decoder_, &QObject::deleteLater);
    connect(decoder_, &FrameDecoder::opened, this, [this](int ticket, const QList<double>& times, double rate) {
        if (ticket != ticket_) return;
        times_ = times;
        frames_per_second_ = rate;
        request(0);
    });
    connect(decoder_, &FrameDecoder::decoded, this, [this](int ticket, qint64 frame, const QImage& image) {
        if (ticket != ticket_) return;
        if (!first_.isNull()) {
            Q_EMIT decoded(frame, image);
            return;
        }
        first_ = image;
        Q_EMIT changed();
    });
    connect(decoder_, &FrameDecoder::failed, this, [this](int ticket) {
        if (ticket != ticket_ || ready()) return;
        // The decoder's own message names the file, and file names reveal classes.
        problem_ = tr("The clip cannot be played.");
        Q_EMIT changed();
    });
    thread_.start();
}

ClipTrack::~ClipTrack() {
    decoder_->abandonBefore(ticket_ + 1);
    thread_.quit();
    thread_.wait();
}

void ClipTrack::load(qint64 clip, const QString& path, const QString& problem) {
    decoder_->abandonBefore(++ticket_);
    clip_ = clip;
    problem_ = path.isEmpty() && problem.isEmpty() ? tr("The clip is not there.") : problem;
    times_.clear();
    first_ = {};
    if (clip < 0 || !problem_.isEmpty()) return;
    QMetaObject::invokeMethod(decoder_, [decoder = decoder_, ticket = ticket_, path] { decoder->open(ticket, path); });
}

double ClipTrack::seconds(qint64 frame) const {
    if (frame < times_.size()) return times_[frame] - times_.front();
    const double last = times_.back() - times_.front();
    if (times_.size() > 1) return last + last / static_cast<double>(times_.size() - 1);
    return frames_per_second_ > 0 ? 1 / frames_per_second_ : 0.04;
}

void ClipTrack::request(qint64 frame) {
    QMetaObject::invokeMethod(decoder_,
                              [decoder = decoder_, ticket = ticket_, frame] { decoder->decode(ticket, frame); });
}

}  // namespace rest::ui
