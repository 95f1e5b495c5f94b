// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace rest::ui {

struct ReadClip;

/// Draws a row of FailureModel as a card: five frames, the caption, how it was read beside what it is, and tags. Right
/// and wrong differ by sign, word and edge, not by colour alone.
class FailureDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    static constexpr int frames = 5;

    explicit FailureDelegate(QObject* parent = nullptr);

    /// The smallest card; it may be drawn wider.
    static QSize cellSize();
    /// Of one frame, as the strips are to be decoded.
    static QSize frameSize();
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace rest::ui
