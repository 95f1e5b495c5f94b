// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/models_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMessageBox>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "core/engine/downloads/model_jobs.h"
#include "ui/controls/basics.h"
#include "ui/controls/empty_state.h"
#include "ui/controls/notice_bar.h"
#include "ui/controls/tables.h"
#include "ui/look/format.h"
#include "ui/models/hub_choice.h"
#include "ui/models/model_table.h"
#include "ui/session/engine_client.h"
#include "ui/session/project_session.h"

namespace rest::ui {

ModelsPage::ModelsPage(ProjectSession& session, EngineClient& engine, QWidget* parent)
    : QWidget(parent),
      session_(session),
      engine_(engine),
      model_(new ModelTable(this)),
      table_(makeTable(model_, {190, 100, 190, 140})),
      panel_(new ModelPanel),
      notice_(new NoticeBar),
      empty_(new EmptyState(QStringLiteral("models"), tr("No models are known"), {})),
      body_(new QStackedWidget) {
    table_->setAccessibleName(tr("Models"));
    auto* list = new QWidget;
    auto* inner = new QVBoxLayout(list);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(gap);
    inner->addWidget(table_, 1);
    inner->addWidget(panel_);
    body_->addWidget(list);
    body_->addWidget(empty_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, gap);
    layout->setSpacing(gap);
    layout->addWidget(makeHeader());
    layout->addWidget(notice_);
    layout->addWidget(body_, 1);
    layout->addWidget(makeMirror());

    connect(empty_->addButton(tr("Look again")), &QPushButton::clicked, this, &ModelsPage::reload);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelsPage::refreshPanel);
    connect(table_, &QAbstractItemView::activated, this, [this] {
        if (panel_->getButton()->isVisibleTo(panel_)) panel_->getButton()->click();
    });
    auto* del = new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut);
    connect(del, &QShortcut::activated, this, [this] {
        if (panel_->removeButton()->isVisibleTo(panel_)) panel_->removeButton()->click();
    });
    connect(panel_, &ModelPanel::getRequested, this, [this] { get(current()->name); });
    connect(panel_, &ModelPanel::cancelRequested, this, [this] { engine_.cancel(jobOf(current()->name)); });
    connect(panel_, &ModelPanel::checkRequested, this, [this] { check(current()->name); });
    connect(panel_, &ModelPanel::useRequested, this, [this] { use(current()->name); });
    connect(panel_, &ModelPanel::removeRequested, this, [this] { askBeforeRemoving(current()->name); });
    connect(&engine_, &EngineClient::jobsChanged, this, &ModelsPage::takeJobs);
    connect(&engine_, &EngineClient::jobFinished, this, &ModelsPage::jobFinished);
    for (auto signal : {&ProjectSession::opened, &ProjectSession::closed, &ProjectSession::modelsChanged})
        connect(&session_, signal, this, &ModelsPage::takeUse);
    takeHub();
    takeUse();
}

ModelsPage::~ModelsPage() = default;

QWidget* ModelsPage::makeHeader() {
    from_ = mutedLabel();
    back_ = button(tr("&Back"), QStringLiteral("back"));
    connect(back_, &QPushButton::clicked, this, &ModelsPage::backRequested);
    auto* add = button(tr("Add a &folder…"), QStringLiteral("add"));
    add->setToolTip(tr("Give a model that you have a name; its files stay where they are"));
    connect(add, &QPushButton::clicked, this, &ModelsPage::pickFolder);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(2);
    titles->addWidget(pageTitle(tr("Models")));
    titles->addWidget(from_);
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(back_, 0, Qt::AlignTop);
    layout->addLayout(titles, 1);
    layout->addWidget(add, 0, Qt::AlignTop);
    return header;
}

QWidget* ModelsPage::makeMirror() {
    mirror_ = new QLineEdit;
    mirror_->setClearButtonEnabled(true);
    mirror_->setFixedWidth(320);
    auto* label = new QLabel(tr("&Mirror of the hub"));
    label->setBuddy(mirror_);
    connect(mirror_, &QLineEdit::editingFinished, this, &ModelsPage::setMirror);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(label);
    layout->addWidget(mirror_);
    layout->addWidget(mutedLabel(tr("Tokens for gated models: HF_TOKEN, the hub's own token file, or the keyring.")),
                      1);
    return row;
}

void ModelsPage::takeHub() {
    try {
        hub_ = chosenHub();
    } catch (const Error& e) {
        notice_->tell(NoticeBar::Kind::bad, text(e.what()), text(e.remedy()));
    }
    const QString endpoint = text(hub_.endpoint);
    mirror_->setEnabled(!hubIsSetOutside());
    mirror_->setPlaceholderText(QStringLiteral("https://huggingface.co"));
    mirror_->setToolTip(hubIsSetOutside()
                            ? tr("HF_ENDPOINT is set, and counts")
                            : tr("An address that answers as huggingface.co does; empty: the hub itself"));
    const bool own = endpoint == mirror_->placeholderText();
    mirror_->setText(own ? QString() : endpoint);
    from_->setText(hub_.offline ? tr("Offline (HF_HUB_OFFLINE): models that are here can be used, none is fetched")
                                : tr("Published models, fetched from %1").arg(endpoint));
    refreshPanel();
}

void ModelsPage::setMirror() {
    const QString typed = mirror_->text().trimmed();
    try {
        chooseMirror(typed);
        notice_->hide();
    } catch (const Error& e) {
        notice_->tell(NoticeBar::Kind::bad, text(e.what()), text(e.remedy()));
        return;  // the typed text stays, to be corrected
    }
    takeHub();
}

void ModelsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reload();
}

void ModelsPage::reload() {
    background_.start(
        this, [] { return models::list_models(models::read_catalogue(), models::default_places()); },
        [this](std::vector<models::ModelInfo> found) { takeModels(std::move(found)); },
        [this](const Failure& failure) {
            empty_->setTexts(failure.message, failure.remedy);
            body_->setCurrentIndex(1);
            Q_EMIT listed();
        });
}

void ModelsPage::takeModels(std::vector<models::ModelInfo> found) {
    const auto* before = current();
    const std::string selected = before ? before->name : std::string();
    const bool none = found.empty();
    model_->setModels(std::move(found));
    takeUse();
    select(model_->rowOf(selected) >= 0 || none ? selected : model_->model(0)->name);
    body_->setCurrentIndex(none ? 1 : 0);
    refreshPanel();
    Q_EMIT listed();
}

void ModelsPage::select(const std::string& name) {
    if (const int row = model_->rowOf(name); row >= 0) table_->selectRow(row);
}

const models::ModelInfo* ModelsPage::current() const {
    return model_->model(table_->currentIndex().row());
}

QString ModelsPage::message() const {
    return notice_->message();
}

/// A project stores a model's name, or its folder if it was chosen by folder.
void ModelsPage::takeUse() {
    std::set<std::string> names;
    const auto& used = session_.models();
    for (int row = 0; row < model_->rowCount(); ++row) {
        const auto& info = *model_->model(row);
        const bool by_folder = !info.folder.empty() && (info.folder == used.captioner || info.folder == used.clip);
        if (by_folder || info.name == used.captioner || info.name == used.clip) names.insert(info.name);
    }
    model_->setInUse(names);
    back_->setVisible(!session_.isOpen());
    refreshPanel();
}

engine::JobId ModelsPage::jobOf(const std::string& name) const {
    for (const auto& [id, work] : jobs_) {
        if (work.name == name) return id;
    }
    return 0;
}

void ModelsPage::takeJobs() {
    std::map<std::string, QString> words;
    for (const auto& [id, work] : jobs_) {
        const JobInfo* job = engine_.find(id);
        if (!job) continue;
        const auto& p = job->progress;
        QString state = work.download ? tr("Downloading") : tr("Checking");
        if (p.total > 0) state += QStringLiteral(" %1 %").arg(100 * p.done / p.total);
        if (job->state == JobState::queued) state = tr("Waiting");
        if (job->state == JobState::paused) state = tr("Paused");
        if (job->state == JobState::stopping) state = tr("Stopping…");
        words[work.name] = state;
    }
    model_->setWork(words);
    refreshPanel();
}

void ModelsPage::refreshPanel() {
    const models::ModelInfo* info = current();
    ModelContext context;
    context.endpoint = text(hub_.endpoint);
    context.offline = hub_.offline;
    context.project_open = session_.isOpen();
    if (!info) return panel_->setModel(nullptr, context);
    context.in_use = model_->inUse(info->name);
    if (info->entry) context.by_hand = text(models::by_hand(*info->entry, models::default_places(), hub_.endpoint));
    if (const auto failed = failures_.find(info->name); failed != failures_.end()) context.failure = failed->second;
    if (const JobInfo* job = engine_.find(jobOf(info->name))) {
        const auto& p = job->progress;
        context.working = true;
        if (p.total > 0) context.permille = static_cast<int>(1000 * p.done / p.total);
        context.figures = job->state == JobState::queued ? tr("Waits for the job before it") : progressText(p);
    }
    panel_->setModel(info, context);
}

void ModelsPage::start(std::unique_ptr<engine::Job> job, const Work& work) {
    failures_.erase(work.name);
    jobs_[engine_.submit(std::move(job))] = work;
    takeJobs();
}

void ModelsPage::get(const std::string& name) {
    const auto* info = model_->model(model_->rowOf(name));
    if (!info || !info->entry || jobOf(name) != 0) return;
    takeHub();  // a token may have been put into its file since
    start(engine::make_download_job({.entry = *info->entry, .places = models::default_places(), .hub = hub_}),
          {name, true});
}

void ModelsPage::check(const std::string& name) {
    if (jobOf(name) != 0) return;
    models::Catalogue catalogue;
    if (const auto* info = model_->model(model_->rowOf(name)); info && info->entry) catalogue = {*info->entry};
    start(engine::make_model_check_job({catalogue, models::default_places(), name}), {name, false});
}

void ModelsPage::use(const std::string& name) {
    const auto* info = model_->model(model_->rowOf(name));
    if (!info) return;
    auto chosen = session_.models();
    (info->use == models::ModelUse::clip ? chosen.clip : chosen.captioner) = name;
    session_.setModels(chosen);
}

void ModelsPage::askBeforeRemoving(const std::string& name) {
    const auto* info = model_->model(model_->rowOf(name));
    const bool added = info && info->state == models::ModelState::added;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Remove a model"), tr("Remove %1?").arg(text(name)),
                                QMessageBox::NoButton, this);
    box->setInformativeText(added ? tr("Its name is forgotten; the files in %1 stay.").arg(text(info->folder))
                                  : tr("%1 are deleted. Other projects that use it will ask for it.")
                                        .arg(info ? bytesText(static_cast<qint64>(info->bytes)) : QString()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* keep = box->addButton(tr("Keep"), QMessageBox::RejectRole);
    QPushButton* go = box->addButton(tr("Remove"), QMessageBox::AcceptRole);
    box->setDefaultButton(keep);
    connect(box, &QMessageBox::finished, this, [this, box, go, name] {
        if (box->clickedButton() == go) remove(name);
    });
    box->open();
}

void ModelsPage::remove(const std::string& name) {
    background_.start(
        this,
        [name] {
            models::remove_model(models::read_catalogue(), models::default_places(), name);
            return true;
        },
        [this, name](bool) {
            failures_.erase(name);
            reload();
        },
        [this, name](const Failure& failure) {
            failures_[name] = failure;
            refreshPanel();
        });
}

void ModelsPage::pickFolder() {
    auto* dialog = new QFileDialog(this, tr("Folder of a model"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &ModelsPage::addFolder);
    dialog->open();
}

/// Examined first: a folder that is not a model gets no name.
void ModelsPage::addFolder(const QString& folder) {
    notice_->tell(NoticeBar::Kind::note, tr("Looking at %1…").arg(folder));
    background_.start(
        this, [folder = path(folder)] { return engine::add_examined_model(models::default_places(), folder); },
        [this](const std::string& name) {
            notice_->tell(NoticeBar::Kind::good, tr("%1 can be used by its name now").arg(text(name)));
            reload();
        },
        [this](const Failure& failure) { notice_->tell(NoticeBar::Kind::bad, failure.message, failure.remedy); });
}

void ModelsPage::jobFinished(const engine::JobFinished& result) {
    const auto job = jobs_.find(result.job);
    if (job == jobs_.end()) return;
    const auto name = job->second.name;
    jobs_.erase(job);
    if (result.outcome == engine::Outcome::failed)
        failures_[name] = {text(result.message), text(result.remedy)};
    else if (result.outcome == engine::Outcome::succeeded)
        notice_->tell(NoticeBar::Kind::good, text(result.message));
    takeJobs();
    reload();
}

}  // namespace rest::ui
