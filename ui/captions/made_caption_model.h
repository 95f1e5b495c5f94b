// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/store/records.h"

namespace rest::ui {

/// Everything the captioner said about one video: step, frame, prompt, caption, score.
class MadeCaptionModel : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column { StepColumn, FrameColumn, CaptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setCaptions(std::vector<store::GeneratedCaption> captions);
    const store::GeneratedCaption* caption(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<store::GeneratedCaption> captions_;
};

}  // namespace rest::ui
