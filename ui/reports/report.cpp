// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report.h"

#include <algorithm>

#include "core/engine/measure/report_tables.h"
#include "ui/look/format.h"

namespace rest::ui {

const engine::StoredEvaluation* EvaluationList::find(const ReportKey& wanted) const {
    if (wanted.run.project != project) return nullptr;
    const auto found = std::ranges::find_if(
        all, [&](const auto& one) { return one.run == wanted.run.id && one.epoch == wanted.epoch; });
    return found == all.end() ? nullptr : &*found;
}

ReportKey EvaluationList::newestOf(const store::RunRef& run) const {
    if (run.project != project) return {};
    const auto found = std::ranges::find(all, run.id, &engine::StoredEvaluation::run);
    return found == all.end() ? ReportKey() : key(*found);
}

std::map<store::RunId, int> EvaluationList::newestEpochs() const {
    std::map<store::RunId, int> epochs;
    for (const engine::StoredEvaluation& one : all) epochs.try_emplace(one.run, one.epoch);
    return epochs;
}

Report makeReport(engine::EvaluateResult result, std::filesystem::path project) {
    Report report;
    report.run = {std::move(project), result.run};
    report.title = text(engine::report_title(result));
    for (const std::string& name : result.classes) report.classes.push_back(text(name));
    const auto count = static_cast<size_t>(report.classes.size());
    report.counts.assign(count * count, 0);
    report.totals.assign(count, 0);
    for (size_t i = 0; i < result.predictions.size(); ++i) {
        const auto label = static_cast<size_t>(result.labels[i]);
        ++report.totals[label];
        ++report.counts[label * count + static_cast<size_t>(result.predictions[i].predicted)];
    }
    report.result = std::move(result);
    return report;
}

std::vector<int> clipsOf(const Report& report, int label, int predicted) {
    const auto& predictions = report.result.predictions;
    std::vector<int> clips;
    for (size_t i = 0; i < predictions.size(); ++i) {
        if (report.result.labels[i] != label || (predicted >= 0 && predictions[i].predicted != predicted)) continue;
        clips.push_back(static_cast<int>(i));
    }
    std::ranges::stable_sort(clips, std::ranges::greater(),
                             [&](int i) { return predictions[static_cast<size_t>(i)].rank; });
    return clips;
}

bool samePredictions(const Report& a, const Report& b) {
    const auto same = [](const store::PredictionRecord& x, const store::PredictionRecord& y) {
        return x.video == y.video && x.rank == y.rank && x.predicted == y.predicted && x.caption == y.caption;
    };
    return a.result.labels == b.result.labels && a.classes == b.classes &&
           a.result.labelled_clips == b.result.labelled_clips && a.result.model == b.result.model &&
           a.result.step == b.result.step && std::ranges::equal(a.result.predictions, b.result.predictions, same);
}

QString percentText(double percent) {
    return decimalText(percent, 1);
}

QString placeText(int rank) {
    if (rank < 0) return QStringLiteral("–");
    return (rank == 0 ? QStringLiteral("✓ %1") : QStringLiteral("%1")).arg(rank + 1);
}

}  // namespace rest::ui
