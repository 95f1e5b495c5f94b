// SPDX-License-Identifier: GPL-3.0-or-later
// How the gallery's page walks through its clips, in the grid and opened one by one.
#include <QItemSelectionModel>
#include <QListView>
#include <QStackedWidget>
#include <algorithm>

#include "ui/gallery/clip_book.h"
#include "ui/gallery/clip_detail.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/gallery_page.h"
#include "ui/gallery/tag_bar.h"
#include "ui/player/video_player.h"
#include "ui/session/project_session.h"

namespace rest::ui {

/// The list is another one: the clip that was current stays so, or what stands in its place now.
void GalleryPage::takeShown() {
    const int found = model_->rowOf(current_);
    const int row = found >= 0 ? found : std::clamp(std::max(row_, 0), -1, model_->rowCount() - 1);
    gone_ = isOpen() && found < 0;
    row_ = row;
    if (row >= 0 && !gone_) current_ = model_->clip(row)->video;
    if (row >= 0) {
        grid_->selectionModel()->setCurrentIndex(model_->index(row), QItemSelectionModel::ClearAndSelect);
        grid_->scrollTo(model_->index(row));
    }
    moving_ = false;
    if (isOpen() && !gone_ && row >= 0) detail_->showRow(row);
    if (isOpen() && model_->rowCount() == 0 && !gone_) back();
    takeSelection();
}

int GalleryPage::currentRow() const {
    return isOpen() ? model_->rowOf(current_) : grid_->currentIndex().isValid() ? grid_->currentIndex().row() : row_;
}

Place GalleryPage::currentPlace() const {
    const gallery::EvaluationRef& at = book_->evaluation();
    return {session_.ref(at.run), at.epoch, at.step, current_};
}

std::vector<int> GalleryPage::chosenRows() const {
    std::vector<int> rows;
    if (isOpen()) {
        if (const int row = model_->rowOf(current_); row >= 0) rows.push_back(row);
        return rows;
    }
    for (const QModelIndex& index : grid_->selectionModel()->selectedIndexes()) rows.push_back(index.row());
    std::ranges::sort(rows);
    return rows;
}

void GalleryPage::takeSelection() {
    std::vector<int> rows;
    if (isOpen()) {
        if (const int row = book_->table()->row_of(current_); row >= 0) rows.push_back(row);
    } else {
        for (const int row : chosenRows()) rows.push_back(model_->tableRow(row));
    }
    std::erase(rows, -1);
    tags_->setChosen(std::move(rows));
    updateTexts();
}

void GalleryPage::open(int row) {
    const gallery::Clip* clip = model_->clip(row);
    if (!clip) return;
    row_ = row;
    current_ = clip->video;
    gone_ = false;
    views_->setCurrentIndex(1);
    detail_->showRow(row);
    detail_->player()->setFocus();
    takeSelection();
}

bool GalleryPage::isOpen() const {
    return views_->currentIndex() == 1;
}

/// The grid stands as it was left, with the clip that was looked at last in sight.
void GalleryPage::back() {
    if (!isOpen()) return;
    detail_->leave();
    views_->setCurrentIndex(0);
    moveTo(model_->rowOf(current_) >= 0 ? model_->rowOf(current_) : row_);
    grid_->setFocus();
    takeSelection();
}

void GalleryPage::moveTo(int row) {
    if (!model_->clip(row)) return;
    row_ = row;
    if (!gone_ || !isOpen()) current_ = model_->clip(row)->video;
    moving_ = true;
    grid_->selectionModel()->setCurrentIndex(model_->index(row), QItemSelectionModel::ClearAndSelect);
    moving_ = false;
    if (grid_->isVisible()) grid_->scrollTo(model_->index(row));
}

void GalleryPage::go(int by) {
    // What stands in the place of a clip that is gone from the list is the next one already.
    const int from = isOpen() ? (gone_ ? (by > 0 ? row_ - 1 : row_) : row_) : currentRow();
    const int to = std::clamp(from + by, 0, model_->rowCount() - 1);
    if (!model_->clip(to) || (to == from && !gone_)) return;
    gone_ = false;
    moveTo(to);
    if (isOpen()) detail_->showRow(to);
    takeSelection();
}

}  // namespace rest::ui
