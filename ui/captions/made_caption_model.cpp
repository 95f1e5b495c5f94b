// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/made_caption_model.h"

#include <QLocale>

#include "ui/look/format.h"

namespace rest::ui {

void MadeCaptionModel::setCaptions(std::vector<store::GeneratedCaption> captions) {
    beginResetModel();
    captions_ = std::move(captions);
    endResetModel();
}

const store::GeneratedCaption* MadeCaptionModel::caption(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &captions_[static_cast<size_t>(row)];
}

int MadeCaptionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(captions_.size());
}
int MadeCaptionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MadeCaptionModel::data(const QModelIndex& index, int role) const {
    const store::GeneratedCaption* made = caption(index.row());
    if (!made) return {};
    if (role == Qt::ToolTipRole) {
        return tr("%1\nPrompt: “%2”\nModel: %3\nScore (mean log-probability): %4")
            .arg(text(made->text), text(made->prompt), text(made->model), QLocale().toString(made->score, 'f', 3));
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case StepColumn:
            return made->step;
        case FrameColumn:
            return made->frame < 0 ? tr("clip") : QString::number(made->frame);
        case CaptionColumn:
            return text(made->text);
        default:
            return {};
    }
}

QVariant MadeCaptionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const QString names[] = {tr("Step"), tr("Frame"), tr("Caption")};
    return section >= 0 && section < ColumnCount ? names[section] : QVariant();
}

}  // namespace rest::ui
