// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/clip_column.h"

#include <QVBoxLayout>

#include "core/media/video_reader.h"
#include "ui/captions/neighbour_model.h"
#include "ui/captions/neighbour_panel.h"
#include "ui/clips/thumbnail_loader.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/player/sample_strip.h"
#include "ui/player/video_player.h"

namespace rest::ui {

namespace {
const QSize neighbour_picture(96, 64);
}

ClipColumn::ClipColumn(QWidget* parent)
    : QSplitter(Qt::Vertical, parent), player_(new VideoPlayer), views_(new SampleStrip) {
    thumbnails_ = new ThumbnailLoader(neighbour_picture, this);
    neighbours_ = new NeighbourPanel(thumbnails_);
    player_->setStripShown(false);
    addWidget(player_);
    addWidget(makeBelow());
    setChildrenCollapsible(false);
    setHandleWidth(gap);
    setSizes({290, 430});
    setStretchFactor(0, 1);
    setStretchFactor(1, 1);
    connect(views_, &SampleStrip::sampleRequested, player_, &VideoPlayer::showSample);
    connect(player_, &VideoPlayer::frameShown, views_, &SampleStrip::setFrame);
    connect(neighbours_, &NeighbourPanel::videoRequested, this, &ClipColumn::videoRequested);
    connect(&insight_, &ClipInsight::viewsFound, this, &ClipColumn::takeViews);
    connect(&insight_, &ClipInsight::nearFound, this, &ClipColumn::takeNear);
    connect(&insight_, &ClipInsight::viewsFailed, this,
            [this](qint64 video, const QString& message, const QString& remedy) {
                if (question_ && question_->video.id == video) views_->setText(message + QChar('\n') + remedy);
            });
    connect(&insight_, &ClipInsight::nearFailed, this,
            [this](qint64 video, const QString& message, const QString& remedy) {
                if (!question_ || question_->video.id != video) return;
                neighbours_->model()->setNeighbours({}, {});
                neighbours_->setMessage(message, remedy);
            });
}

QWidget* ClipColumn::makeBelow() {
    views_->setSquare(
        tr("View %1, of frame %2: resized and cropped as captioner and CLIP get it, before mean and "
           "deviation are taken off. In training it is cropped, flipped and coloured anew each time."));
    views_->setAccessibleName(tr("What the model saw"));
    auto* title = sectionTitle(tr("What the model saw"));
    title->setToolTip(tr("The views exactly as they enter the networks. Click one to go to its frame."));
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(title);
    layout->addWidget(views_);
    layout->addSpacing(small_gap);
    layout->addWidget(neighbours_, 1);
    return box;
}

void ClipColumn::setTable(std::shared_ptr<const VideoTable> table) {
    neighbours_->model()->setTable(std::move(table));
}

void ClipColumn::showClasses(bool on) {
    neighbours_->model()->showClasses(on);
}

void ClipColumn::showVideo(const std::optional<InsightQuestion>& question) {
    question_ = question;
    similarity_.clear();
    views_->setText({});
    views_->setSamples({});
    neighbours_->model()->setNeighbours({}, {});
    neighbours_->setMessage(question ? QString() : tr("No video is selected"));
    play();
    ask();
}

/// Another run need not begin the clip anew.
void ClipColumn::play() {
    const bool readable = question_ && question_->video.problem.empty();
    const auto wanted = std::pair(readable ? text(question_->video.path) : QString(),
                                  question_ ? static_cast<int>(question_->settings.clips.frames) : 8);
    if (wanted == played_) return;
    played_ = wanted;
    player_->setVideo(wanted.first, wanted.second);
}

void ClipColumn::setSources(const QList<store::VideoId>& sources) {
    if (!question_) return;
    question_->sources = sources;
    ask();
}

void ClipColumn::ask() {
    if (question_) insight_.ask(*question_);
}

void ClipColumn::forget() {
    insight_.forget();
}

void ClipColumn::takeViews(qint64 video, const QList<QImage>& views) {
    if (!question_ || question_->video.id != video) return;
    QList<qint64> frames;
    if (question_->video.frames > 0) {
        for (const int64_t frame : media::uniform_sample(question_->video.frames, static_cast<int>(views.size())))
            frames << frame;
    } else {
        for (qsizetype i = 0; i < views.size(); ++i) frames << i;
    }
    views_->setText({});
    views_->setSamples(frames);
    for (int i = 0; i < views.size(); ++i) views_->setImage(i, views[i]);
    views_->setFrame(player_->frame());
}

void ClipColumn::takeNear(qint64 video, const engine::Nearness& near) {
    if (!question_ || question_->video.id != video) return;
    similarity_.clear();
    for (const engine::NearVideo& one : near.others) similarity_.insert(one.video, static_cast<double>(one.similarity));
    neighbours_->model()->setNeighbours(near.nearest, question_->sources);
    neighbours_->setMessage(near.nearest.empty() ? tr("H = 1: this run learns from itself alone") : QString());
    Q_EMIT similaritiesChanged();
}

void ClipColumn::clear() {
    forget();
    thumbnails_->clear();
}

std::optional<double> ClipColumn::similarity(store::VideoId id) const {
    const auto at = similarity_.constFind(id);
    return at == similarity_.constEnd() ? std::nullopt : std::optional(*at);
}

bool ClipColumn::idle() const {
    return insight_.idle() && thumbnails_->idle() && !player_->loading();
}

}  // namespace rest::ui
