// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/class_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/bar_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/elided.h"
#include "ui/look/format.h"
#include "ui/reports/clip_table.h"
#include "ui/reports/outcome_model.h"

namespace rest::ui {

namespace {

std::vector<evaluation::ClassScore> ordered(std::vector<evaluation::ClassScore> scores, ClassPanel::Order order,
                                            const Report& report) {
    using Order = ClassPanel::Order;
    std::ranges::stable_sort(scores, [&](const evaluation::ClassScore& a, const evaluation::ClassScore& b) {
        switch (order) {
            case Order::worst:
                return a.top1 < b.top1;
            case Order::best:
                return a.top1 > b.top1;
            case Order::clips:
                return a.clips > b.clips;
            case Order::name:
                break;
        }
        return report.className(a.label).localeAwareCompare(report.className(b.label)) < 0;
    });
    return scores;
}

}  // namespace

ClassPanel::ClassPanel(QWidget* parent)
    : ReportPanel(parent),
      order_(new QComboBox),
      bars_(new BarList),
      about_(new ElidedLabel),
      clips_(new OutcomeModel(this)) {
    order_->addItems({tr("Worst first"), tr("Best first"), tr("By name"), tr("Most clips first")});
    order_->setAccessibleName(tr("Order of the classes"));
    bars_->setAccessibleName(tr("Top-1 per class"));
    setStyleProperty(about_, "heading", QStringLiteral("section"));
    connect(order_, &QComboBox::currentIndexChanged, this, &ClassPanel::fillBars);
    connect(bars_, &BarList::chosen, this, &ClassPanel::showClips);
    QTableView* table = makeClipTable(clips_, QStringLiteral("clips of a class"), {96, 62, 112}, this,
                                      {{{}, [this](int row) { return clips_->place(row); }}});

    auto* head = new QHBoxLayout;
    head->addWidget(sectionTitle(tr("Top-1 per class")), 1);
    head->addWidget(order_);
    auto* left = new QVBoxLayout;
    left->setSpacing(small_gap);
    left->addLayout(head);
    left->addWidget(bars_, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(small_gap);
    about_->setMinimumHeight(order_->sizeHint().height());
    right->addWidget(about_);
    right->addWidget(table, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(page_margin);
    layout->addLayout(left, 4);
    layout->addLayout(right, 5);
}

void ClassPanel::setReport(ReportPtr report, std::shared_ptr<const VideoTable> videos, const QString& project) {
    report_ = std::move(report);
    videos_ = std::move(videos);
    project_ = project;
    fillBars();
}

void ClassPanel::fillBars() {
    const int before = bars_->current();
    std::vector<Bar> bars;
    if (report_) {
        const auto order = static_cast<Order>(order_->currentIndex());
        for (const evaluation::ClassScore& score : ordered(report_->result.report.classes, order, *report_)) {
            const QString name = report_->className(score.label);
            bars.push_back(
                {.name = name,
                 .figure = tr("%1 %").arg(percentText(score.top1)),
                 .note = score.clips == 1 ? tr("1 clip") : tr("%1 clips").arg(countText(score.clips)),
                 .tip = tr("%1\nTop-1 %2 %, top-5 %3 %").arg(name, percentText(score.top1), percentText(score.top5)),
                 .share = score.top1 / 100,
                 .id = score.label});
        }
    }
    const int first = bars.empty() ? -1 : bars.front().id;
    const bool still = std::ranges::any_of(bars, [before](const Bar& bar) { return bar.id == before; });
    bars_->setBars(std::move(bars));
    bars_->setCurrent(still ? before : first);
    showClips(bars_->current());
}

void ClassPanel::setOrder(Order order) {
    order_->setCurrentIndex(static_cast<int>(order));
}

void ClassPanel::chooseClass(int label) {
    bars_->setCurrent(label);
}

void ClassPanel::showClips(int label) {
    std::vector<int> clips = report_ && label >= 0 ? clipsOf(*report_, label) : std::vector<int>();
    const auto right = std::ranges::count_if(
        clips, [&](int i) { return report_->result.predictions[static_cast<size_t>(i)].rank == 0; });
    about_->setText(clips.empty()
                        ? QString()
                        : tr("%1: %2 of %3 correct").arg(report_->className(label)).arg(right).arg(clips.size()));
    clips_->setClips(report_, std::move(clips), videos_);
}

evaluation::ResultTable ClassPanel::table() const {
    return report_ ? engine::class_table(report_->result, path(project_)) : evaluation::ResultTable();
}

std::optional<Picture> ClassPanel::picture() const {
    if (!report_) return std::nullopt;
    return bars_->picture(tr("CLIP-TAM top-1 per class: %1").arg(report_->title));
}

}  // namespace rest::ui
