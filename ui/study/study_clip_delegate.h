// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace rest::ui {

/// Draws a row of StudyClipModel as a card: picture, caption in up to three lines, and the votes.
class StudyClipDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    StudyClipDelegate(QSize thumbnail, bool votes, QObject* parent = nullptr);
    QSize cellSize() const;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    QSize thumbnail_;
    bool votes_;
};

}  // namespace rest::ui
