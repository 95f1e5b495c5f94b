// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_clip_model.h"

#include <algorithm>

#include "ui/clips/thumbnail_loader.h"
#include "ui/look/format.h"

namespace rest::ui {

StudyClipModel::StudyClipModel(ThumbnailLoader& thumbnails, QObject* parent)
    : QAbstractListModel(parent), thumbnails_(thumbnails) {
    connect(&thumbnails_, &ThumbnailLoader::ready, this, [this](qint64 id) {
        const auto found = std::ranges::find(clips_, id, [](const study::ClipResult& r) { return r.clip.id; });
        if (found == clips_.end()) return;
        const QModelIndex changed = index(static_cast<int>(found - clips_.begin()));
        Q_EMIT dataChanged(changed, changed, {ThumbnailRole});
    });
}

void StudyClipModel::setClips(std::vector<study::ClipResult> clips, bool votes) {
    const auto same_clip = [](const study::ClipResult& a, const study::ClipResult& b) {
        return a.clip.id == b.clip.id && a.clip.path == b.clip.path && a.clip.caption == b.clip.caption;
    };
    const bool same = votes == votes_ && std::ranges::equal(clips_, clips, same_clip);
    if (!same) beginResetModel();
    clips_ = std::move(clips);
    votes_ = votes;
    if (!same) return endResetModel();
    // The page is shown again, or answers arrive meanwhile: the list keeps its scroll position.
    if (!clips_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const study::ClipResult* StudyClipModel::clip(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &clips_[static_cast<size_t>(row)];
}

int StudyClipModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(clips_.size());
}

QString StudyClipModel::votesText(const study::ClipResult& result) const {
    if (!votes_) return {};
    QString words = tr("%1 yes · %2 no").arg(result.yes).arg(result.no);
    if (result.clip.tam_right) words += *result.clip.tam_right ? tr(" · CLIP-TAM ✓") : tr(" · CLIP-TAM ✗");
    if (result.skips > 0) words += tr(" · %1 skipped").arg(result.skips);
    return words;
}

QVariant StudyClipModel::data(const QModelIndex& index, int role) const {
    const study::ClipResult* result = clip(index.row());
    if (!result) return {};
    switch (role) {
        case Qt::DisplayRole:
            return text(result->clip.caption);
        case Qt::ToolTipRole:
            return QString(text(result->clip.caption) + QChar('\n') + text(result->clip.name));
        case Qt::AccessibleTextRole:
            return QString(text(result->clip.caption) + QStringLiteral(". ") + votesText(*result));
        case ThumbnailRole:
            return result->clip.path.empty() ? QVariant()
                                             : thumbnails_.pixmap(result->clip.id, text(result->clip.path));
        case VotesRole:
            return votesText(*result);
        case NameRole:
            return text(result->clip.name);
        default:
            return {};
    }
}

}  // namespace rest::ui
