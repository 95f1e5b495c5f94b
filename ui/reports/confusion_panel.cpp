// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/confusion_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include "core/engine/measure/report_tables.h"
#include "ui/controls/basics.h"
#include "ui/controls/tables.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/reports/clip_table.h"
#include "ui/reports/confusion_map.h"
#include "ui/reports/outcome_model.h"
#include "ui/reports/result_table_model.h"

namespace rest::ui {

namespace {

evaluation::ResultTable pairTable(const Report& report, const QString& project) {
    evaluation::ResultTable table{.title = "Most confused classes: " + report.title.toStdString(),
                                  .columns = {{"", "True class"}, {"", "Read as"}, {"", "Clips"}, {"", "Share, %"}},
                                  .provenance = engine::provenance(report.result, path(project))};
    for (const evaluation::Confusion& pair : report.result.report.confused) {
        const auto clips = static_cast<double>(pair.clips);
        table.rows.push_back(
            {.cells = {evaluation::TableCell::of(report.result.classes.at(static_cast<size_t>(pair.label))),
                       evaluation::TableCell::of(report.result.classes.at(static_cast<size_t>(pair.predicted))),
                       evaluation::TableCell::of(clips, 0),
                       evaluation::TableCell::of(100 * clips / report.total(pair.label))}});
    }
    return table;
}

}  // namespace

ConfusionPanel::ConfusionPanel(QWidget* parent)
    : ReportPanel(parent),
      map_(new ConfusionMap),
      pairs_(new ResultTableModel(this)),
      about_(sectionTitle({})),
      clips_(new OutcomeModel(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(page_margin);
    layout->addWidget(makeMap(), 3);
    layout->addWidget(makeSide(), 2);
    connect(map_, &ConfusionMap::cellChosen, this, &ConfusionPanel::showCell);
}

QWidget* ConfusionPanel::makeMap() {
    auto* closer = toolButton(QStringLiteral("add"), tr("Larger cells (+)"));
    auto* wider = toolButton(QStringLiteral("remove"), tr("Smaller cells (-)"));
    connect(closer, &QToolButton::clicked, map_, [this] { map_->zoom(1); });
    connect(wider, &QToolButton::clicked, map_, [this] { map_->zoom(-1); });
    auto* head = new QHBoxLayout;
    head->setSpacing(2);
    head->addWidget(sectionTitle(tr("True class by read class")), 1);
    head->addWidget(wider);
    head->addWidget(closer);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addLayout(head);
    layout->addWidget(map_, 1);
    layout->addWidget(new WrapLabel(tr("A row is a true class, a column what CLIP-TAM read. Blue is right, amber is "
                                       "taken for another; the stronger "
                                       "the colour, the more of the row's clips."),
                                    "muted"));
    return column;
}

QWidget* ConfusionPanel::makeSide() {
    pair_view_ = makeTable(pairs_, {});
    pair_view_->setAccessibleName(tr("Most confused classes"));
    connect(pair_view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (!report_ || !index.isValid() || index.row() >= std::ssize(report_->result.report.confused)) return;
                const evaluation::Confusion& pair = report_->result.report.confused[static_cast<size_t>(index.row())];
                map_->setCell(pair.label, pair.predicted);
                showCell(pair.label, pair.predicted);
            });
    QTableView* clips = makeClipTable(clips_, {96, 62}, this, {{{}, [this](int row) { return clips_->place(row); }}});
    clips->hideColumn(OutcomeModel::ReadColumn);
    about_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    auto* title = sectionTitle(tr("Most confused"));
    title->setMinimumHeight(title->fontMetrics().height() + 14);  // as tall as the map's, which has buttons
    layout->addWidget(title);
    layout->addWidget(pair_view_, 1);
    layout->addSpacing(small_gap);
    layout->addWidget(about_);
    layout->addWidget(clips, 1);
    return column;
}

void ConfusionPanel::setReport(ReportPtr report, std::shared_ptr<const VideoTable> videos, const QString& project) {
    report_ = std::move(report);
    videos_ = std::move(videos);
    const bool fresh = pairs_->columnCount() == 0;
    pairs_->setTable(report_ ? pairTable(*report_, project) : evaluation::ResultTable());
    if (fresh && report_) {
        for (const int column : {0, 1}) pair_view_->setColumnWidth(column, 122);
        pair_view_->setColumnWidth(2, 40);
        pair_view_->hideColumn(3);  // the map shows the share
    }
    map_->setReport(report_);
    const bool confused = report_ && !report_->result.report.confused.empty();
    if (map_->label() >= 0) {
        showCell(map_->label(), map_->predicted());
    } else if (confused) {
        pair_view_->selectRow(0);
    } else {
        showCell(-1, -1);
    }
}

void ConfusionPanel::showCell(int label, int predicted) {
    std::vector<int> clips = report_ && label >= 0 ? clipsOf(*report_, label, predicted) : std::vector<int>();
    const QString name = report_ ? report_->className(label) : QString();
    about_->setText(label < 0 ? QString()
                    : label == predicted
                        ? tr("%1, read right: %2").arg(name).arg(clips.size())
                        : tr("%1 read as %2: %3").arg(name, report_->className(predicted)).arg(clips.size()));
    clips_->setClips(report_, std::move(clips), videos_);
}

evaluation::ResultTable ConfusionPanel::table() const {
    return pairs_->table();
}

std::optional<Picture> ConfusionPanel::picture() const {
    if (!report_) return std::nullopt;
    return map_->picture(tr("CLIP-TAM, true class by read class: %1").arg(report_->title));
}

}  // namespace rest::ui
