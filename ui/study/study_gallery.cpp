// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_gallery.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/clips/thumbnail_loader.h"
#include "ui/clips/video_grid.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/look/format.h"
#include "ui/study/study_clip_delegate.h"
#include "ui/study/study_clip_model.h"

namespace rest::ui {

namespace {
const QSize gallery_thumbnail(168, 112);
constexpr int all_clips = 0;  // followed by the quadrants, 1 + 2 * yes + right
}  // namespace

StudyGallery::StudyGallery(QWidget* parent)
    : QWidget(parent),
      thumbnails_(new ThumbnailLoader(gallery_thumbnail, this)),
      clips_(new StudyClipModel(*thumbnails_, this)),
      choice_(new QComboBox),
      count_(mutedLabel()),
      body_(new QStackedWidget) {
    choice_->addItems({tr("All clips"), tr("People say no, CLIP-TAM is wrong"), tr("People say no, CLIP-TAM is right"),
                       tr("People say yes, CLIP-TAM is wrong"), tr("People say yes, CLIP-TAM is right")});
    choice_->setAccessibleName(tr("Which clips"));
    choice_->setMinimumWidth(280);
    auto* delegate = new StudyClipDelegate(gallery_thumbnail, true, this);
    grid_ = new VideoGrid(delegate->cellSize());
    grid_->setItemDelegate(delegate);
    grid_->setModel(clips_);
    grid_->setAccessibleName(tr("Clips"));
    body_->addWidget(grid_);
    body_->addWidget(
        new EmptyState(QStringLiteral("film"), tr("No such clips"), tr("None of the rated clips is of this kind.")));
    auto* bar = new QHBoxLayout;
    bar->setSpacing(gap);
    bar->addWidget(choice_);
    bar->addWidget(count_);
    bar->addStretch();
    bar->addWidget(mutedLabel(tr("Double-click a clip to see it on the Captions page")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addLayout(bar);
    layout->addWidget(body_, 1);
    connect(choice_, &QComboBox::currentIndexChanged, this, &StudyGallery::fill);
    connect(grid_, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        if (const study::ClipResult* result = clips_->clip(index.row())) Q_EMIT videoRequested(text(result->clip.name));
    });
}

void StudyGallery::setReport(const study::StudyReport& report, bool fresh) {
    report_ = report;
    if (fresh) {
        thumbnails_->clear();
        showAll();
    }
    fill();
}

void StudyGallery::showAll() {
    choice_->setCurrentIndex(all_clips);
}
void StudyGallery::showQuadrant(bool people_yes, bool tam_right) {
    choice_->setCurrentIndex(1 + 2 * people_yes + tam_right);
}

void StudyGallery::fill() {
    const int choice = choice_->currentIndex();
    std::vector<study::ClipResult> chosen;
    if (choice == all_clips) {
        chosen = report_.results;
    } else {
        for (const size_t i : report_.quadrants[(choice - 1) / 2][(choice - 1) % 2])
            chosen.push_back(report_.results[i]);
    }
    count_->setText(tr("%1 clips").arg(countText(std::ssize(chosen))));
    body_->setCurrentIndex(chosen.empty() ? 1 : 0);
    clips_->setClips(std::move(chosen), true);
}

bool StudyGallery::idle() const {
    return thumbnails_->idle();
}

}  // namespace rest::ui
