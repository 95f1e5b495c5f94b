// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/video_player.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/media/video_reader.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"
#include "ui/player/frame_decoder.h"
#include "ui/player/frame_view.h"
#include "ui/player/sample_strip.h"
#include "ui/player/timeline.h"

namespace rest::ui {

VideoPlayer::VideoPlayer(QWidget* parent)
    : QWidget(parent),
      decoder_(new FrameDecoder),
      view_(new FrameView),
      timeline_(new Timeline),
      strip_(new SampleStrip),
      position_(new QLabel),
      clock_(mutedLabel()),
      play_(toolButton(QStringLiteral("play"), tr("Play (Space)"))) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Player"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(view_, 1);
    layout->addWidget(timeline_);
    auto* where = new QHBoxLayout;
    where->addWidget(position_);
    where->addStretch();
    where->addWidget(clock_);
    layout->addLayout(where);
    layout->addWidget(makeControls());
    layout->addWidget(strip_);
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, [this] {
        due_ = true;
        if (!ready_.isNull()) showFrame(target_, std::exchange(ready_, {}));
    });
    connect(timeline_, &Timeline::seekRequested, this, &VideoPlayer::seek);
    connect(strip_, &SampleStrip::sampleRequested, this, &VideoPlayer::showSample);
    connect(view_, &FrameView::clicked, this, [this] {
        setFocus();
        playing_ ? pause() : play();
    });
    connectDecoder();
    setVideo({});
}

VideoPlayer::~VideoPlayer() {
    decoder_->abandonBefore(ticket_ + 1);
    thread_.quit();
    thread_.wait();
}

void VideoPlayer::connectDecoder() {
    thread_.setObjectName(QStringLiteral("player"));
    decoder_->moveToThread(&thread_);
    connect(&thread_, &QThread::finished, decoder_, &QObject::deleteLater);
    connect(decoder_, &FrameDecoder::opened, this, [this](int ticket, const QList<double>& times, double rate) {
        if (ticket != ticket_) return;
        opening_ = false;
        times_ = times;
        frames_per_second_ = rate;
        const auto sampled =
            times.isEmpty() ? std::vector<int64_t>() : media::uniform_sample(times.size(), sample_count_);
        samples_ = QList<qint64>(sampled.begin(), sampled.end());
        timeline_->setClip(times_.size(), samples_);
        strip_->setSamples(samples_);
        request();
        requestSamples();
    });
    connect(decoder_, &FrameDecoder::decoded, this, [this](int ticket, qint64 index, const QImage& image) {
        if (ticket == ticket_) received(index, image);
    });
    connect(decoder_, &FrameDecoder::sampled, this, [this](int ticket, int sample, const QImage& image) {
        if (ticket == ticket_) strip_->setImage(sample, image);
    });
    connect(decoder_, &FrameDecoder::failed, this, [this](int ticket, const QString& message, const QString& remedy) {
        if (ticket != ticket_) return;
        opening_ = in_flight_ = false;
        pause();
        view_->setText(message + QChar('\n') + remedy);
        Q_EMIT failed(message);
    });
    thread_.start();
}

QWidget* VideoPlayer::makeControls() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addStretch();
    const auto add = [&](const char* icon_name, const QString& tip, auto run) {
        auto* made = toolButton(QString::fromLatin1(icon_name), tip);
        connect(made, &QToolButton::clicked, this, run);
        layout->addWidget(made);
    };
    add("first", tr("First frame (Home)"), [this] { seek(0); });
    add("step-back", tr("One frame back (Left)"), [this] { step(-1); });
    layout->addWidget(play_);
    add("step-forward", tr("One frame on (Right)"), [this] { step(1); });
    add("last", tr("Last frame (End)"), [this] { seek(frames() - 1); });
    connect(play_, &QToolButton::clicked, this, [this] { playing_ ? pause() : play(); });
    layout->addStretch();
    return row;
}

const QImage& VideoPlayer::image() const {
    return view_->image();
}

void VideoPlayer::setVideo(const QString& path, int samples) {
    decoder_->abandonBefore(++ticket_);
    timer_.stop();
    times_.clear();
    samples_.clear();
    ready_ = {};
    shown_ = -1;
    target_ = 0;
    due_ = true;
    in_flight_ = false;
    sample_count_ = samples;
    opening_ = !path.isEmpty();
    timeline_->setClip(0, {});
    strip_->setSamples({});
    position_->clear();
    clock_->clear();
    view_->setText(path.isEmpty() ? tr("No video is selected") : QString());
    QMetaObject::invokeMethod(decoder_, [decoder = decoder_, ticket = ticket_, path] {
        if (!path.isEmpty()) decoder->open(ticket, path);
    });
}

void VideoPlayer::request() {
    if (in_flight_ || times_.isEmpty()) return;
    in_flight_ = true;
    QMetaObject::invokeMethod(
        decoder_, [decoder = decoder_, ticket = ticket_, index = target_] { decoder->decode(ticket, index); });
}

void VideoPlayer::requestSamples() {
    // One call per sample, so that a frame requested meanwhile waits for one sample at most.
    for (int i = 0; i < samples_.size(); ++i) {
        QMetaObject::invokeMethod(decoder_, [decoder = decoder_, ticket = ticket_, i, index = samples_[i]] {
            decoder->sample(ticket, i, index);
        });
    }
}

void VideoPlayer::received(qint64 index, const QImage& image) {
    in_flight_ = false;
    if (index != target_) {
        request();
    } else if (due_) {
        showFrame(index, image);
    } else {
        ready_ = image;
    }
}

void VideoPlayer::showFrame(qint64 index, const QImage& image) {
    shown_ = index;
    view_->setImage(image);
    timeline_->setFrame(index);
    strip_->setFrame(index);
    const auto sample = samples_.indexOf(index);
    QString where = tr("Frame %1 of %2").arg(index).arg(frames() - 1);
    if (sample >= 0) where += tr(" · sampled %1").arg(sample);
    position_->setText(where);
    clock_->setText(clockText(times_[index]) + QStringLiteral(" / ") + clockText(times_.back()));
    Q_EMIT frameShown(index);
    if (playing_) scheduleNext();
}

double VideoPlayer::secondsAfter(qint64 index) const {
    if (index + 1 < times_.size()) return times_[index + 1] - times_[index];
    return frames_per_second_ > 0 ? 1 / frames_per_second_ : 0.04;
}

void VideoPlayer::scheduleNext() {
    const auto wait = static_cast<qint64>(secondsAfter(shown_) * 1000);
    if (!pace_.isValid()) {
        pace_.start();
        due_ms_ = 0;
    }
    const qint64 now = pace_.elapsed();
    // A delay of less than a frame is made up for, a longer one is dropped.
    due_ms_ = (now - due_ms_ < wait ? due_ms_ : now) + wait;
    target_ = (shown_ + 1) % frames();
    due_ = false;
    timer_.start(static_cast<int>(std::max<qint64>(0, due_ms_ - now)));
    request();
}

void VideoPlayer::play() {
    if (playing_) return;
    playing_ = true;
    pace_.invalidate();
    updatePlayButton();
    if (shown_ >= 0) scheduleNext();
}

void VideoPlayer::pause() {
    playing_ = false;
    timer_.stop();
    ready_ = {};
    due_ = true;
    if (shown_ >= 0) target_ = shown_;
    updatePlayButton();
}

void VideoPlayer::step(int frames_on) {
    if (playing_) pause();
    seek(target_ + frames_on);
}

void VideoPlayer::seek(qint64 frame) {
    if (times_.isEmpty()) return;
    timer_.stop();
    ready_ = {};
    due_ = true;
    pace_.invalidate();
    target_ = std::clamp<qint64>(frame, 0, frames() - 1);
    if (target_ == shown_ && !playing_) return;
    request();
}

void VideoPlayer::showSample(int sample) {
    if (sample < 0 || sample >= samples_.size()) return;
    pause();
    timeline_->setStrongMark(sample);
    seek(samples_[sample]);
}

void VideoPlayer::updatePlayButton() {
    play_->setIcon(icon(playing_ ? QStringLiteral("pause") : QStringLiteral("play")));
    play_->setToolTip(playing_ ? tr("Pause (Space)") : tr("Play (Space)"));
    play_->setAccessibleName(play_->toolTip());
}

void VideoPlayer::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Space:
            playing_ ? pause() : play();
            return;
        case Qt::Key_Left:
            return step(-1);
        case Qt::Key_Right:
            return step(1);
        case Qt::Key_Home:
            return seek(0);
        case Qt::Key_End:
            return seek(frames() - 1);
        default:
            QWidget::keyPressEvent(event);
    }
}

void VideoPlayer::hideEvent(QHideEvent* event) {
    pause();
    QWidget::hideEvent(event);
}

}  // namespace rest::ui
