// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <compare>
#include <memory>
#include <vector>

#include "core/engine/measure/stored_report.h"

namespace rest::ui {

/// Names an evaluation.
struct ReportKey {
    store::RunId run = 0;  // 0: none
    int epoch = 0;
    friend auto operator<=>(const ReportKey&, const ReportKey&) = default;
};

inline ReportKey keyOf(const engine::StoredEvaluation& one) {
    return {one.run, one.epoch};
}

/// One evaluation, ready to be shown. Immutable once made; shared between the tabs.
struct Report {
    engine::EvaluateResult result;
    QString title;
    QStringList classes;
    std::vector<int> counts;  // (C, C) clips, by true and read class
    std::vector<int> totals;  // (C) clips of each true class

    ReportKey key() const { return {result.run, result.epoch}; }
    int classCount() const { return static_cast<int>(classes.size()); }
    int count(int label, int predicted) const { return counts[static_cast<size_t>(label * classCount() + predicted)]; }
    int total(int label) const { return totals[static_cast<size_t>(label)]; }
    QString className(int label) const { return label >= 0 && label < classCount() ? classes[label] : QString(); }
};
using ReportPtr = std::shared_ptr<const Report>;

Report makeReport(engine::EvaluateResult result);

/// Predictions of a true class, and of those only the ones read as `predicted` when it is not negative; worst placed
/// first.
std::vector<int> clipsOf(const Report& report, int label, int predicted = -1);
/// The same clips with the same captions and places.
bool samePredictions(const Report& a, const Report& b);

/// "63.9", or a dash for what was not measured.
QString percentText(double percent);
QString placeText(int rank);  // "✓ 1", "4", or a dash without a label

}  // namespace rest::ui
