// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/store/project.h"

namespace rest::ui {

/// All videos of a project at one moment, ready to be filtered and shown. Immutable; shared between pages.
struct VideoTable {
    std::vector<store::VideoRecord> videos;  // ordered by id
    QStringList classes;
    std::vector<std::string> search;  // per video: name, class, split and problem, case-folded UTF-8
    std::array<qint64, 3> per_split{};
    std::vector<Problem> passed_over;  // by imports: not videos of the project
    qint64 problems = 0;               // videos that cannot be used, and what was skipped
    double seconds = 0;

    int rowOf(store::VideoId id) const;  // -1 unknown
    const store::VideoRecord* find(store::VideoId id) const;
    QString className(int label) const;  // empty for -1
};

VideoTable makeVideoTable(std::vector<store::VideoRecord> videos, const std::vector<std::string>& classes,
                          std::vector<Problem> passed_over = {});
/// From the project's current content.
VideoTable readVideoTable(const store::Project& project);

/// The contents of the filter box and the combo beside it.
struct VideoFilter {
    QString text;  // words that must all occur in name, class, split or problem
    std::optional<dataset::Split> split;
    bool problems_only = false;
    friend bool operator==(const VideoFilter&, const VideoFilter&) = default;
};

/// Names of videos that contain `words`, ignoring case; the first `most` of them. Fast enough for 200,000 videos.
QStringList matchingNames(const VideoTable& table, const QString& words, int most);

/// Rows of the table that match, ascending.
std::vector<int> filterRows(const VideoTable& table, const VideoFilter& filter);

}  // namespace rest::ui
