// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/study/study_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QListView>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <ranges>

#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/look/format.h"
#include "ui/session/project_session.h"
#include "ui/session/run_model.h"
#include "ui/study/export_study_dialog.h"
#include "ui/study/merge_dialog.h"
#include "ui/study/study_delegate.h"
#include "ui/study/study_form.h"
#include "ui/study/study_model.h"
#include "ui/study/study_panel.h"
#include "ui/study/study_setup_panel.h"
#include "ui/study/study_work.h"
#include "ui/study/work_bar.h"

namespace rest::ui {

StudyPage::StudyPage(ProjectSession& session, RunModel& runs, QWidget* parent)
    : QWidget(parent),
      session_(session),
      work_(new StudyWork(this)),
      studies_(new StudyModel(this)),
      body_(new QStackedWidget),
      empty_(new EmptyState(QStringLiteral("study"), {}, {})),
      setup_(new StudySetupPanel(session)),
      panel_(new StudyPanel(session, *work_)) {
    new_ = empty_->addButton(tr("New study…"), QStringLiteral("add"), true);
    connect(new_, &QPushButton::clicked, this, &StudyPage::newStudy);
    for (QWidget* page : std::initializer_list<QWidget*>{empty_, setup_, panel_}) body_->addWidget(page);
    auto* right = new QVBoxLayout;
    right->setSpacing(gap);
    right->addWidget(body_, 1);
    right->addWidget(new WorkBar(*work_));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(page_margin);
    layout->addWidget(makeList());
    layout->addLayout(right, 1);
    connectPanels();
    connect(&session_, &ProjectSession::opened, this, [this] {
        studies_->setStudies({});
        body_->setCurrentWidget(empty_);
        loading_ = load_again_ = false;
        reload();
    });
    // A run that was evaluated meanwhile can be chosen.
    connect(&runs, &QAbstractItemModel::modelReset, this, &StudyPage::reload);
    takeStudies(false);
}

QWidget* StudyPage::makeList() {
    list_ = new QListView;
    list_->setItemDelegate(new StudyDelegate(list_));
    list_->setModel(studies_);
    list_->setMouseTracking(true);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("Studies"));
    auto* add = button(tr("New study…"), QStringLiteral("add"));
    connect(add, &QPushButton::clicked, this, &StudyPage::newStudy);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &StudyPage::showCurrent);
    connect(list_, &QAbstractItemView::clicked, this, &StudyPage::showCurrent);
    connect(list_, &QAbstractItemView::activated, this, &StudyPage::showCurrent);
    left_ = new QWidget;
    left_->setFixedWidth(240);
    auto* layout = new QVBoxLayout(left_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(pageTitle(tr("Study")));
    layout->addWidget(list_, 1);
    layout->addWidget(add);
    return left_;
}

void StudyPage::connectPanels() {
    connect(setup_, &StudySetupPanel::created, this, [this](const QString& file) { showStudy(file); });
    connect(setup_, &StudySetupPanel::dismissed, this, &StudyPage::showCurrent);
    connect(panel_, &StudyPanel::rateRequested, this, &StudyPage::rateRequested);
    connect(panel_, &StudyPanel::exportRequested, this, &StudyPage::askExport);
    connect(panel_, &StudyPanel::mergeRequested, this, &StudyPage::askMerge);
    connect(panel_, &StudyPanel::videoRequested, this, &StudyPage::openVideo);
    connect(panel_, &StudyPanel::saved, this,
            [this](const QString& file) { Q_EMIT told(tr("The report was saved"), file); });
    connect(work_, &StudyWork::failed, this, &StudyPage::failed);
    connect(work_, &StudyWork::cancelled, this,
            [this] { Q_EMIT told(tr("Cancelled; nothing half done was left"), {}); });
}

void StudyPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reload();  // the command line may have changed it
}

void StudyPage::reload() {
    if (!session_.isOpen()) return;
    if (loading_) {
        load_again_ = true;
        return;
    }
    loading_ = true;
    struct Found {
        std::vector<StudySummary> studies;
        bool evaluated;
    };
    session_.read(
        this,
        [](const store::Project& project) {
            return Found{summariseStudies(project), !evaluatedRuns(project).empty()};
        },
        [this](Found found) {
            loading_ = false;
            studies_->setStudies(std::move(found.studies));
            takeStudies(found.evaluated);
            if (std::exchange(load_again_, false)) reload();
        },
        [this] { loading_ = load_again_ = false; });
}

void StudyPage::takeStudies(bool evaluated) {
    const bool none = studies_->rowCount() == 0;
    left_->setVisible(!none);
    new_->setVisible(evaluated);
    if (evaluated) {
        empty_->setTexts(tr("No study yet"), tr("People watch clips and say whether the caption describes the action: "
                                                "yes or no. Set a study up from the "
                                                "captions of any evaluated epoch; it takes two minutes."));
    } else {
        empty_->setTexts(tr("Nothing to judge yet"), tr("A study needs captions of val or test videos. Train with "
                                                        "evaluation on (Train page), then people can judge "
                                                        "what the model says."));
    }
    if (body_->currentWidget() == setup_ && wanted_.isEmpty()) return;
    if (none) return body_->setCurrentWidget(empty_);
    int row = studies_->rowOf(path(std::exchange(wanted_, {})));
    if (row < 0) row = list_->currentIndex().row();
    list_->setCurrentIndex(studies_->index(std::max(0, row)));
    showCurrent();
}

void StudyPage::showCurrent() {
    const StudySummary* study = studies_->study(list_->currentIndex().row());
    if (!study) return body_->setCurrentWidget(empty_);
    list_->selectionModel()->select(list_->currentIndex(), QItemSelectionModel::ClearAndSelect);
    panel_->setStudy(*study);
    body_->setCurrentWidget(panel_);
}

void StudyPage::showStudy(const QString& file) {
    wanted_ = file;
    reload();
}

QString StudyPage::freeName() const {
    const auto taken = [this](const QString& name) {
        return std::ranges::any_of(std::views::iota(0, studies_->rowCount()),
                                   [&](int row) { return studies_->study(row)->name() == name; });
    };
    QString name = tr("study");
    for (int n = 2; taken(name); ++n) name = tr("study %1").arg(n);
    return name;
}

void StudyPage::newStudy() {
    session_.read(
        this, [](const store::Project& project) { return evaluatedRuns(project); },
        [this](std::vector<EvaluatedRun> runs) {
            setup_->begin(freeName(), std::move(runs));
            body_->setCurrentWidget(setup_);
            list_->clearSelection();
        });
}

void StudyPage::askExport() {
    openExport(new ExportStudyDialog(panel_->study(), this));
}

void StudyPage::askExportAgain(const study::ExportSettings& typed, const Failure& failure) {
    auto* dialog = new ExportStudyDialog(panel_->study(), this);
    dialog->setFailed(typed, (failure.message + QChar(' ') + failure.remedy).trimmed());
    openExport(dialog);
}

void StudyPage::openExport(ExportStudyDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const study::ExportSettings typed = dialog->settings();
        exportStudy(typed, [this, typed, file = panel_->study().file](const Failure& failure) {
            if (isVisible() && panel_->study().file == file) askExportAgain(typed, failure);
        });
    });
    dialog->open();
}

void StudyPage::exportStudy(const study::ExportSettings& settings, std::function<void(const Failure&)> otherwise) {
    study::ExportSettings whole = settings;
    whole.cache = path(session_.folder()) / "frames" / "study-clips";  // can always be recreated
    work_->start(
        tr("Writing %1").arg(text(settings.out.filename())),
        [file = panel_->study().file, whole](Task& task) {
            study::Study study = study::Study::open(file);
            return study::export_study(study, whole, task);
        },
        [this](const study::ExportResult& result) {
            QString detail =
                tr("%1 clips, %2: %3").arg(countText(result.clips), bytesText(result.bytes), text(result.file));
            if (!result.problems.empty())
                detail += QChar('\n') +
                          tr("%1 clips cannot be read; their captions are there alone.").arg(result.problems.size());
            Q_EMIT told(tr("The file for annotators is ready: send it to them"), detail);
            reload();
        },
        std::move(otherwise));
}

void StudyPage::askMerge() {
    auto* dialog = new QFileDialog(this, tr("Merge returned files"), {}, tr("Studies (*.study)"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filesSelected, this, &StudyPage::mergeFiles);
    dialog->open();
}

void StudyPage::mergeFiles(const QStringList& files) {
    std::vector<std::filesystem::path> paths;
    for (const QString& file : files) paths.push_back(path(file));
    work_->start(
        tr("Merging %1 files").arg(files.size()),
        [file = panel_->study().file, paths](Task& task) {
            study::Study study = study::Study::open(file);
            return study::merge_study(study, paths, task);
        },
        [this](const std::vector<study::MergedFile>& merged) {
            auto* dialog = new MergeDialog(merged, this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->open();
            reload();
        });
}

void StudyPage::openVideo(const QString& name) {
    const auto& videos = session_.videos()->videos;
    const auto found = std::ranges::find(videos, name.toStdString(), &store::VideoRecord::name);
    if (found == videos.end()) return;
    const study::StudySource& source = panel_->study().info.source;
    Q_EMIT videoActivated({session_.ref(source.run), source.epoch, source.step, found->id});
}

bool StudyPage::idle() const {
    return !loading_ && !work_->running() && panel_->idle() && setup_->idle();
}

}  // namespace rest::ui
