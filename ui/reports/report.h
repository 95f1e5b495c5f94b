// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <compare>
#include <memory>
#include <vector>

#include "core/engine/measure/stored_report.h"
#include "ui/session/place.h"

namespace rest::ui {

/// Identifies an evaluation.
struct ReportKey {
    store::RunRef run;  // without a run: no evaluation
    int epoch = 0;
    friend auto operator<=>(const ReportKey&, const ReportKey&) = default;
};

/// The evaluations of the project of that identity, newest run first, and newest epoch first within a run.
struct EvaluationList {
    std::filesystem::path project;
    std::vector<engine::StoredEvaluation> all;

    ReportKey key(const engine::StoredEvaluation& one) const { return {{project, one.run}, one.epoch}; }
    const engine::StoredEvaluation* find(const ReportKey& key) const;
    /// The newest evaluated epoch of a run; without a run if there is none.
    ReportKey newestOf(const store::RunRef& run) const;
    friend bool operator==(const EvaluationList&, const EvaluationList&) = default;
};

/// One evaluation, ready to be shown. Immutable; shared between the tabs.
struct Report {
    store::RunRef run;
    engine::EvaluateResult result;
    QString title;
    QStringList classes;
    std::vector<int> counts;  // (C, C) clips, by true class and top-1
    std::vector<int> totals;  // (C) clips of each true class

    ReportKey key() const { return {run, result.epoch}; }
    /// Where prediction number `index` was made.
    Place place(size_t index) const { return {run, result.epoch, result.step, result.predictions.at(index).video}; }
    int classCount() const { return static_cast<int>(classes.size()); }
    int count(int label, int predicted) const { return counts[static_cast<size_t>(label * classCount() + predicted)]; }
    int total(int label) const { return totals[static_cast<size_t>(label)]; }
    QString className(int label) const { return label >= 0 && label < classCount() ? classes[label] : QString(); }
};
using ReportPtr = std::shared_ptr<const Report>;

/// `project`: the identity of the project it was read from.
Report makeReport(engine::EvaluateResult result, std::filesystem::path project = {});

/// Predictions of a true class, only those with top-1 `predicted` if that is not negative; worst rank of the true class
/// first.
std::vector<int> clipsOf(const Report& report, int label, int predicted = -1);
/// The same clips with the same captions and ranks.
bool samePredictions(const Report& a, const Report& b);

/// "63.9", or a dash if not measured.
QString percentText(double percent);
QString placeText(int rank);  // "✓ 1", "4", or a dash without a label

}  // namespace rest::ui
