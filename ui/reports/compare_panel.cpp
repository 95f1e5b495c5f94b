// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/compare_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <ranges>
#include <tuple>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/reports/clip_table.h"

namespace rest::ui {

namespace {
QString numberOf(store::RunId run, store::RunKind kind, int epoch) {
    return kind == store::RunKind::training ? ComparePanel::tr("Run %1, epoch %2").arg(run).arg(epoch)
                                            : ComparePanel::tr("Run %1").arg(run);
}

/// The distinguishing part comes first: the field may be too narrow for the rest.
QString titleOf(store::RunId run, store::RunKind kind, int epoch, const std::string& name) {
    return numberOf(run, kind, epoch) + QStringLiteral(" · ") + text(name);
}

/// Ascends with time: untrained models come before any training, then runs by their start, and the epochs of each.
auto timeOf(const engine::StoredEvaluation& one) {
    return std::tuple(one.kind == store::RunKind::training, one.created, one.run, one.epoch);
}

bool isEarlier(const Report& a, const Report& b, const EvaluationList& evaluations) {
    const engine::StoredEvaluation* one = evaluations.find(a.key());
    const engine::StoredEvaluation* two = evaluations.find(b.key());
    return one && two && timeOf(*one) < timeOf(*two);
}
}  // namespace

ComparePanel::ComparePanel(QWidget* parent)
    : ReportPanel(parent), model_(new ComparisonModel(this)), about_(mutedLabel()) {
    QTableView* table =
        makeClipTable(model_, {96, 106, 68, 62, 220}, this,
                      {{tr("after"), [this](int row) { return model_->place(row, ComparisonModel::Side::after); }},
                       {tr("before"), [this](int row) { return model_->place(row, ComparisonModel::Side::before); }}});
    about_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makeHead());
    layout->addWidget(makeFilters());
    layout->addWidget(table, 1);
    layout->addWidget(about_);
}

QWidget* ComparePanel::makeHead() {
    other_ = new QComboBox;
    other_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    other_->setAccessibleName(tr("Compare with"));
    other_->setToolTip(tr("The earlier of the two is the one before"));
    connect(other_, &QComboBox::activated, this, [this](int row) {
        chosen_ = offered_[static_cast<size_t>(row)];
        Q_EMIT otherChosen();
    });
    sides_ = new QLabel;
    sides_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    auto* label = new QLabel(tr("Compare &with"));
    label->setBuddy(other_);
    layout->addWidget(label);
    layout->addWidget(other_, 2);
    layout->addWidget(sides_, 3);
    return row;
}

QWidget* ComparePanel::makeFilters() {
    filters_ = new QButtonGroup(this);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    const QString tips[] = {tr("Every clip that both evaluations measured"),
                            tr("The true class is placed higher than before"),
                            tr("The true class is placed lower than before"), tr("The true class keeps its place")};
    for (int i = 0; i < 4; ++i) {
        auto* made = button({});
        made->setCheckable(true);
        made->setToolTip(tips[i]);
        filters_->addButton(made, i);
        layout->addWidget(made);
    }
    layout->addStretch();
    filters_->button(0)->setChecked(true);
    connect(filters_, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (!on) return;
        const std::optional<evaluation::Change> changes[] = {std::nullopt, evaluation::Change::improved,
                                                             evaluation::Change::worsened, evaluation::Change::same};
        model_->setFilter(changes[id]);
    });
    return row;
}

void ComparePanel::setFilter(Filter filter) {
    filters_->button(static_cast<int>(filter))->setChecked(true);
}

void ComparePanel::setEvaluations(const EvaluationList& evaluations) {
    evaluations_ = evaluations;
}

std::optional<ReportKey> ComparePanel::chosenFor(const ReportKey& current) const {
    if (chosen_ == current || !evaluations_.find(chosen_)) return std::nullopt;
    return chosen_;
}

ReportKey ComparePanel::proposalFor(const ReportKey& current) const {
    const engine::StoredEvaluation* one = evaluations_.find(current);
    if (!one) return {};
    const auto of_run = [&](const engine::StoredEvaluation& other) { return other.run == one->run; };
    const ReportKey newest = evaluations_.newestOf(current.run);
    ReportKey first = newest;
    for (const auto& other : evaluations_.all | std::views::filter(of_run)) first = evaluations_.key(other);
    if (first != newest) return current == first ? newest : first;
    const engine::StoredEvaluation* earlier = nullptr;
    const engine::StoredEvaluation* later = nullptr;
    for (const auto& other : evaluations_.all) {
        if (timeOf(other) < timeOf(*one) && (!earlier || timeOf(*earlier) < timeOf(other))) earlier = &other;
        if (timeOf(*one) < timeOf(other) && (!later || timeOf(other) < timeOf(*later))) later = &other;
    }
    const auto* next = earlier ? earlier : later;
    return next ? evaluations_.key(*next) : ReportKey();
}

ReportKey ComparePanel::other(const ReportKey& current) {
    fillField(current);
    const ReportKey key = chosenFor(current).value_or(proposalFor(current));
    const auto found = std::ranges::find(offered_, key);
    other_->setCurrentIndex(found == offered_.end() ? -1 : static_cast<int>(found - offered_.begin()));
    return key;
}

void ComparePanel::fillField(const ReportKey& current) {
    std::vector<ReportKey> offered;
    for (const auto& one : evaluations_.all) {
        if (evaluations_.key(one) != current) offered.push_back(evaluations_.key(one));
    }
    if (offered == offered_) return;
    offered_ = std::move(offered);
    other_->clear();
    for (const ReportKey& key : offered_) {
        const engine::StoredEvaluation& one = *evaluations_.find(key);
        other_->addItem(titleOf(one.run, one.kind, one.epoch, one.name));
    }
}

void ComparePanel::setReports(ReportPtr current, ReportPtr other, std::shared_ptr<const VideoTable> videos) {
    if (current && other && isEarlier(*current, *other, evaluations_)) std::swap(current, other);
    left_ = std::move(other);
    right_ = std::move(current);
    model_->compare(left_, right_, std::move(videos));
    showSides();
    showCounts();
}

/// Without the names, which the field and the tabs' title show: they would leave no room for the second side.
void ComparePanel::showSides() {
    if (!left_ || !right_) return sides_->clear();
    const auto number = [](const engine::EvaluateResult& one) { return numberOf(one.run, one.kind, one.epoch); };
    const auto title = [](const engine::EvaluateResult& one) {
        return titleOf(one.run, one.kind, one.epoch, one.run_name);
    };
    const QString words = tr("Before: %1 · After: %2");
    sides_->setText(words.arg(QStringLiteral("<b>%1</b>").arg(number(left_->result)),
                              QStringLiteral("<b>%1</b>").arg(number(right_->result))));
    sides_->setToolTip(words.arg(title(left_->result), title(right_->result)).toHtmlEscaped());
}

void ComparePanel::showCounts() {
    const evaluation::RunComparison& found = model_->comparison();
    const QString names[] = {tr("All %1"), tr("Improved %1"), tr("Worsened %1"), tr("Same %1")};
    const qint64 counts[] = {std::ssize(found.videos), found.improved, found.worsened, found.same};
    for (int i = 0; i < 4; ++i) filters_->button(i)->setText(names[i].arg(countText(counts[i])));
    if (!left_ || !right_) return about_->setText(tr("A second evaluation is needed to compare with."));
    QString line = tr("Right after and not before: %1. Right before and not after: %2. McNemar's test: p %3.")
                       .arg(countText(found.top1.only_after), countText(found.top1.only_before),
                            found.top1.p < 0.0001 ? QStringLiteral("< %1").arg(decimalText(0.0001, 4))
                                                  : QStringLiteral("= %1").arg(decimalText(found.top1.p, 4)));
    if (found.only_before + found.only_after > 0) {
        line += tr(" Left out, as only one of the two measured them: %1.")
                    .arg(countText(found.only_before + found.only_after));
    }
    about_->setText(line);
    about_->setToolTip(line);
}

evaluation::ResultTable ComparePanel::table() const {
    evaluation::ResultTable table = model_->table();
    if (!left_ || !right_) return table;
    table.title = "Video by video, before: " + left_->title.toStdString() + ", after: " + right_->title.toStdString();
    table.provenance = {"before: " + engine::report_source(left_->result),
                        "after: " + engine::report_source(right_->result), about_->text().toStdString()};
    return table;
}

}  // namespace rest::ui
