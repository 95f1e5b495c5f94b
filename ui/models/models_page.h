// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <map>

#include "core/engine/queue/engine.h"
#include "core/models/hub_settings.h"
#include "ui/models/model_panel.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace rest::ui {

class EmptyState;
class EngineClient;
class ModelTable;
class NoticeBar;
class ProjectSession;

/// The models that can be downloaded and those on this machine: get, check, add, remove, use. Needs no project.
class ModelsPage : public QWidget {
    Q_OBJECT

  public:
    ModelsPage(ProjectSession& session, EngineClient& engine, QWidget* parent = nullptr);
    ~ModelsPage() override;

    /// Scans the disk again.
    void reload();
    bool idle() const { return background_.idle(); }
    void select(const std::string& name);
    void get(const std::string& name);
    void addFolder(const QString& folder);
    ModelTable* table() const { return model_; }
    ModelPanel* panel() const { return panel_; }
    /// The message above the page's table; empty: none.
    QString message() const;

  Q_SIGNALS:
    void listed();         // reload() is done
    void backRequested();  // without a project, to where the window came from

  protected:
    void showEvent(QShowEvent* event) override;

  private:
    struct Work {
        std::string name;
        bool download = false;
    };
    QWidget* makeHeader();
    QWidget* makeMirror();
    void takeHub();
    void setMirror();
    void takeModels(std::vector<models::ModelInfo> found);
    void takeJobs();
    void takeUse();
    void refreshPanel();
    void check(const std::string& name);
    void use(const std::string& name);
    void askBeforeRemoving(const std::string& name);
    void remove(const std::string& name);
    void pickFolder();
    void jobFinished(const engine::JobFinished& result);
    void start(std::unique_ptr<engine::Job> job, const Work& work);
    engine::JobId jobOf(const std::string& name) const;
    const models::ModelInfo* current() const;

    ProjectSession& session_;
    EngineClient& engine_;
    ModelTable* model_;
    QTableView* table_;
    ModelPanel* panel_;
    NoticeBar* notice_;
    EmptyState* empty_;
    QStackedWidget* body_;  // table with panel, empty state
    QLabel* from_;
    QLineEdit* mirror_;
    QPushButton* back_;
    models::HubSettings hub_;
    std::map<engine::JobId, Work> jobs_;
    std::map<std::string, Failure> failures_;  // of the last job on a model
    Background background_;                    // last: it ends before what it uses
};

}  // namespace rest::ui
