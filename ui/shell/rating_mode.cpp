// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rating_mode.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QStackedWidget>

#include "ui/controls/basics.h"
#include "ui/rating/rating_screen.h"

namespace rest::ui {

RatingMode::RatingMode(QMainWindow& window, QStackedWidget& whole)
    : QObject(&window), window_(window), whole_(whole), screen_(new RatingScreen), room_(withRoom(screen_)) {
    whole_.addWidget(room_);
    connect(screen_, &RatingScreen::failed, this, [this](const QString& message, const QString& remedy) {
        set(false);
        Q_EMIT failed(message, remedy);
    });
    connect(screen_, &RatingScreen::left, this, [this] {
        const bool inside = screen_->insideProject();
        screen_->close();
        set(false);
        Q_EMIT left(inside);
    });
}

void RatingMode::begin(const QString& file, bool inside_project) {
    screen_->open(file, inside_project);
    set(true);
}

void RatingMode::set(bool on) {
    if (on == (whole_.currentWidget() == room_)) return;
    if (on) studio_title_ = window_.windowTitle();
    if (!on && window_.isFullScreen()) window_.showNormal();
    window_.menuBar()->setVisible(!on);
    whole_.setCurrentIndex(on ? whole_.indexOf(room_) : 0);
    window_.setWindowTitle(on ? tr("Rating — REST Studio") : studio_title_);
}

}  // namespace rest::ui
