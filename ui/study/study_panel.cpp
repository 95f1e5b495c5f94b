// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <tuple>

#include "ui/controls/basics.h"
#include "ui/controls/elided.h"
#include "ui/controls/file_field.h"
#include "ui/look/format.h"
#include "ui/session/long_work.h"
#include "ui/session/project_session.h"
#include "ui/study/quadrant_grid.h"
#include "ui/study/study_export.h"
#include "ui/study/study_gallery.h"
#include "ui/study/study_overview.h"
#include "ui/study/study_report_panel.h"

namespace rest::ui {

StudyPanel::StudyPanel(ProjectSession& session, LongWork& work, QWidget* parent)
    : QWidget(parent),
      session_(session),
      work_(work),
      tabs_(new QTabWidget),
      overview_(new StudyOverview),
      report_(new StudyReportPanel),
      gallery_(new StudyGallery) {
    tabs_->tabBar()->setDrawBase(false);
    tabs_->addTab(overview_, tr("Overview"));
    tabs_->addTab(makeReportTab(), tr("Report"));
    tabs_->addTab(gallery_, tr("Clips"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makeHeader());
    layout->addWidget(tabs_, 1);
    connect(gallery_, &StudyGallery::videoRequested, this, &StudyPanel::videoRequested);
    connect(report_->quadrants(), &QuadrantGrid::opened, this, [this](bool yes, bool right) {
        gallery_->showQuadrant(yes, right);
        show(View::clips);
    });
    connect(&work_, &LongWork::changed, this, &StudyPanel::update);
}

QWidget* StudyPanel::makeHeader() {
    name_ = new ElidedLabel;
    about_ = new ElidedLabel;
    setStyleProperty(name_, "heading", QStringLiteral("page"));
    setTone(about_, "muted");
    rate_ = button(tr("Rate"), QStringLiteral("play"), true);
    rate_->setToolTip(tr("Sign in and rate clips, over the whole window"));
    export_ = button(tr("Export for annotators…"));
    export_->setToolTip(tr("One file with the clips inside, for somebody elsewhere"));
    merge_ = button(tr("Merge returned files…"));
    merge_->setToolTip(tr("Merge the answers of returned files; repeating is safe"));
    report_button_ = button(tr("Report"));
    connect(rate_, &QPushButton::clicked, this, [this] { Q_EMIT rateRequested(text(study_.file)); });
    connect(export_, &QPushButton::clicked, this, &StudyPanel::exportRequested);
    connect(merge_, &QPushButton::clicked, this, &StudyPanel::mergeRequested);
    connect(report_button_, &QPushButton::clicked, this, [this] { show(View::report); });
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    titles->addWidget(name_);
    titles->addWidget(about_);
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addLayout(titles, 1);
    for (QPushButton* made : {report_button_, merge_, export_, rate_}) layout->addWidget(made, 0, Qt::AlignTop);
    return header;
}

QWidget* StudyPanel::makeReportBar() {
    ties_ = new QComboBox;
    ties_->addItem(tr("A tie counts as no"), static_cast<int>(study::TieRule::no));
    ties_->addItem(tr("A tie counts as yes"), static_cast<int>(study::TieRule::yes));
    ties_->addItem(tr("Ties are left out"), static_cast<int>(study::TieRule::leave_out));
    ties_->setAccessibleName(tr("Half yes, half no"));
    ties_->setToolTip(tr("What half yes, half no counts as: the paper only says “thresholding it to 0.5”"));
    pseudonyms_ = new QCheckBox(tr("Numbers instead of names"));
    pseudonyms_->setToolTip(tr("Here and in what is saved: “annotator 1” in place of a code, in random order"));
    connect(ties_, &QComboBox::currentIndexChanged, this, &StudyPanel::load);
    connect(pseudonyms_, &QCheckBox::toggled, this, &StudyPanel::load);
    save_ = button(tr("Save report"), QStringLiteral("export"));
    auto* menu = new QMenu(save_);
    const std::tuple<QString, QString> kinds[] = {{QStringLiteral("csv"), tr("Every answer as CSV…")},
                                                  {QStringLiteral("json"), tr("Report as JSON…")},
                                                  {QStringLiteral("tex"), tr("Table as LaTeX…")},
                                                  {QStringLiteral("pdf"), tr("Report as PDF…")}};
    for (const auto& [ending, kind] : kinds)
        menu->addAction(kind, this, [this, ending = ending, kind = kind] { askFile(ending, kind); });
    save_->setMenu(menu);
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, gap, 0);
    layout->setSpacing(gap);
    layout->addWidget(ties_);
    layout->addWidget(pseudonyms_);
    layout->addStretch();
    layout->addWidget(save_);
    return bar;
}

QWidget* StudyPanel::makeReportTab() {
    auto* tab = new QWidget;
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, gap, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(makeReportBar());
    layout->addWidget(report_, 1);
    return tab;
}

void StudyPanel::show(View view) {
    tabs_->setCurrentIndex(static_cast<int>(view));
}

void StudyPanel::setStudy(const StudySummary& study) {
    fresh_ = fresh_ || study.file != study_.file;
    study_ = study;
    name_->setText(study.name());
    about_->setText(study.progressText().section(QChar('\n'), 0, 0));
    about_->setToolTip(study.progressText());
    overview_->setStudy(study);
    tabs_->setEnabled(study.problem.isEmpty());
    update();
    load();
}

void StudyPanel::update() {
    const bool sound = study_.problem.isEmpty();
    const bool free = !work_.running();
    rate_->setEnabled(sound);
    report_button_->setEnabled(sound);
    export_->setEnabled(sound && free);
    merge_->setEnabled(sound && free);
    save_->setEnabled(sound);
}

study::ReportSettings StudyPanel::settings() const {
    study::ReportSettings settings;
    settings.ties = static_cast<study::TieRule>(ties_->currentData().toInt());
    settings.pseudonyms = pseudonyms_->isChecked();
    return settings;
}

void StudyPanel::load() {
    if (study_.file.empty() || !study_.problem.isEmpty()) return;
    loading_ = true;
    session_.read(
        this, [file = study_.file, settings = settings()](const store::Project&) { return findStudy(file, settings); },
        [this, ticket = ++loads_](const StudyFindings& findings) {
            if (ticket != loads_) return;
            loading_ = false;
            report_->setFindings(findings);
            gallery_->setReport(findings.report, std::exchange(fresh_, false));
        },
        [this] { loading_ = false; });
}

void StudyPanel::askFile(const QString& ending, const QString& kind) {
    auto* dialog = new QFileDialog(this, kind.chopped(1), folderToSaveIn(), QStringLiteral("*.") + ending);
    dialog->selectFile(study_.name() + QChar('.') + ending);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &StudyPanel::saveReport);
    dialog->open();
}

void StudyPanel::saveReport(const QString& file) {
    session_.read(
        this,
        [study = study_.file, settings = settings(), out = path(file)](const store::Project&) {
            saveStudyReport(study, settings, out);
            return out;
        },
        [this](const std::filesystem::path& out) { Q_EMIT saved(text(out)); });
}

bool StudyPanel::idle() const {
    return !loading_ && gallery_->idle();
}

}  // namespace rest::ui
