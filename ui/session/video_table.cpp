// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/video_table.h"

#include <algorithm>
#include <string_view>

#include "core/store/import_problems.h"
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

const store::VideoRecord* VideoTable::find(const QString& name) const {
    const auto found = std::ranges::find(videos, name.toStdString(), &store::VideoRecord::name);
    return found == videos.end() ? nullptr : &*found;
}

QString VideoTable::className(int label) const {
    return label >= 0 && label < classes.size() ? classes[label] : QString();
}

VideoTable makeVideoTable(std::vector<store::VideoRecord> videos, const std::vector<std::string>& classes,
                          std::vector<Problem> passed_over) {
    VideoTable table;
    table.videos = std::move(videos);
    for (const std::string& name : classes) table.classes.push_back(text(name));
    table.passed_over = std::move(passed_over);
    table.problems = static_cast<qint64>(table.passed_over.size());
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

VideoTable readVideoTable(const store::Project& project) {
    return makeVideoTable(project.videos(), project.classes(), store::import_problems(project));
}

QStringList matchingNames(const VideoTable& table, const QString& words, int most) {
    QStringList names;
    const std::string wanted = words.toCaseFolded().toStdString();
    for (size_t row = 0; row < table.videos.size() && names.size() < most; ++row) {
        const std::string_view search = table.search[row];  // begins with the name
        if (search.substr(0, search.find('\n')).find(wanted) != std::string_view::npos)
            names << text(table.videos[row].name);
    }
    return names;
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
