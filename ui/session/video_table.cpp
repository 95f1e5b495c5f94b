// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/video_table.h"

#include <algorithm>

#include "ui/look/format.h"

namespace rest::ui {

int VideoTable::rowOf(store::VideoId id) const {
    const auto found = std::ranges::lower_bound(videos, id, {}, &store::VideoRecord::id);
    return found == videos.end() || found->id != id ? -1 : static_cast<int>(found - videos.begin());
}

const store::VideoRecord* VideoTable::find(store::VideoId id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &videos[static_cast<size_t>(row)];
}

QString VideoTable::className(int label) const {
    return label >= 0 && label < classes.size() ? classes[label] : QString();
}

VideoTable makeVideoTable(std::vector<store::VideoRecord> videos, const std::vector<std::string>& classes) {
    VideoTable table;
    table.videos = std::move(videos);
    for (const std::string& name : classes) table.classes.push_back(text(name));
    table.search.reserve(table.videos.size());
    for (const store::VideoRecord& video : table.videos) {
        QString words = text(video.name) + QChar('\n') + table.className(video.label) + QChar('\n') +
                        text(dataset::to_string(video.split));
        if (!video.problem.empty()) {
            words += QLatin1String("\nproblem ") + text(video.problem);
            ++table.problems;
        }
        table.search.push_back(words.toCaseFolded().toStdString());
        ++table.per_split[static_cast<size_t>(video.split)];
        table.seconds += video.duration_seconds;
    }
    return table;
}

std::vector<int> filterRows(const VideoTable& table, const VideoFilter& filter) {
    std::vector<std::string> words;
    for (const QString& word : filter.text.toCaseFolded().split(QChar(' '), Qt::SkipEmptyParts)) {
        words.push_back(word.toStdString());
    }
    std::vector<int> rows;
    for (size_t row = 0; row < table.videos.size(); ++row) {
        const store::VideoRecord& video = table.videos[row];
        if (filter.split && video.split != *filter.split) continue;
        if (filter.problems_only && video.problem.empty()) continue;
        const std::string& search = table.search[row];
        const bool all =
            std::ranges::all_of(words, [&](const std::string& w) { return search.find(w) != std::string::npos; });
        if (all) rows.push_back(static_cast<int>(row));
    }
    return rows;
}

}  // namespace rest::ui
