// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/compare_panel.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/look/format.h"
#include "ui/reports/clip_table.h"

namespace rest::ui {

namespace {
/// What tells one from another comes first: the field may be too narrow for the rest.
QString titleOf(store::RunId run, store::RunKind kind, int epoch, const std::string& name) {
    const QString number = kind == store::RunKind::training ? ComparePanel::tr("Run %1, epoch %2").arg(run).arg(epoch)
                                                            : ComparePanel::tr("Run %1").arg(run);
    return number + QStringLiteral(" · ") + text(name);
}
}  // namespace

ComparePanel::ComparePanel(QWidget* parent)
    : ReportPanel(parent), model_(new ComparisonModel(this)), about_(mutedLabel()) {
    QTableView* table =
        makeClipTable(model_, {96, 106, 68, 62, 220}, this, [this](int row) { return model_->video(row); });
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
    before_ = new QComboBox;
    before_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    before_->setAccessibleName(tr("Before"));
    connect(before_, &QComboBox::activated, this, [this](int row) {
        chosen_ = keyOf(evaluations_[static_cast<size_t>(row)]);
        Q_EMIT beforeChosen();
    });
    after_ = sectionTitle({});
    after_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    auto* label = new QLabel(tr("&Before"));
    label->setBuddy(before_);
    layout->addWidget(label);
    layout->addWidget(before_, 1);
    layout->addWidget(new QLabel(tr("After")));
    layout->addWidget(after_, 1);
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

void ComparePanel::setEvaluations(const std::vector<engine::StoredEvaluation>& evaluations) {
    evaluations_ = evaluations;
    before_->clear();
    for (const engine::StoredEvaluation& one : evaluations_)
        before_->addItem(titleOf(one.run, one.kind, one.epoch, one.name));
}

ReportKey ComparePanel::before(ReportKey after) {
    ReportKey key;
    for (const engine::StoredEvaluation& one : evaluations_) {
        // The last of a run is its first epoch.
        if (one.run == after.run && one.epoch != after.epoch) key = keyOf(one);
    }
    const auto there = [&](ReportKey wanted) { return std::ranges::find(evaluations_, wanted, keyOf); };
    if (chosen_ != after && there(chosen_) != evaluations_.end()) key = chosen_;
    if (key.run == 0) {
        const auto other = std::ranges::find_if(
            evaluations_, [&](const engine::StoredEvaluation& one) { return keyOf(one) != after; });
        if (other != evaluations_.end()) key = keyOf(*other);
    }
    const auto found = there(key);
    before_->setCurrentIndex(found == evaluations_.end() ? -1 : static_cast<int>(found - evaluations_.begin()));
    return key;
}

void ComparePanel::setReports(ReportPtr before, ReportPtr after, std::shared_ptr<const VideoTable> videos) {
    left_ = std::move(before);
    right_ = std::move(after);
    const auto title = [](const engine::EvaluateResult& result) {
        return titleOf(result.run, result.kind, result.epoch, result.run_name);
    };
    after_->setText(right_ ? title(right_->result) : QString());
    after_->setToolTip(after_->text());
    model_->compare(left_, right_, std::move(videos));
    showCounts();
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
