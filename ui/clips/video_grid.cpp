// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clips/video_grid.h"

#include <QScrollBar>
#include <algorithm>

namespace rest::ui {

VideoGrid::VideoGrid(QSize smallest_cell, QWidget* parent) : QListView(parent), smallest_(smallest_cell) {
    setObjectName(QStringLiteral("videoGrid"));
    // List mode with wrapping lays 100,000 equal cells out in one pass; icon mode keeps a tree of them.
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setGridSize(smallest_);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
}

void VideoGrid::resizeEvent(QResizeEvent* event) {
    const int room = viewport()->width() - 1;
    const int columns = std::max(1, room / smallest_.width());
    const QSize cell(std::max(smallest_.width(), room / columns), smallest_.height());
    if (cell != gridSize()) setGridSize(cell);
    QListView::resizeEvent(event);
}

}  // namespace rest::ui
