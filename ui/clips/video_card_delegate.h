// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace rest::ui {

/// Draws a row of VideoModel as a card (thumbnail above name, class and split) or as a compact line (thumbnail at the
/// left).
class VideoCardDelegate : public QStyledItemDelegate {
    Q_OBJECT

  public:
    enum class Form { card, line };
    VideoCardDelegate(Form form, QSize thumbnail, QObject* parent = nullptr);

    QSize cellSize() const;
    /// Where the thumbnail is drawn in a cell.
    QRect pictureIn(const QRect& cell) const;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    QRectF frameIn(const QRect& cell) const;
    void paintThumbnail(QPainter* painter, const QRect& area, const QModelIndex& index) const;
    void paintTexts(QPainter* painter, const QRect& area, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const;

    Form form_;
    QSize thumbnail_;
};

}  // namespace rest::ui
