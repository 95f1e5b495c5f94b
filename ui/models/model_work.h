// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>

#include "core/engine/queue/engine.h"
#include "core/models/catalogue.h"
#include "core/models/hub_settings.h"
#include "ui/session/background.h"

namespace rest::ui {

class EngineClient;
struct JobInfo;

/// The jobs that fetch and check models, at most one for each model, and how the last one of each failed.
class ModelWork : public QObject {
    Q_OBJECT

  public:
    explicit ModelWork(EngineClient& engine, QObject* parent = nullptr);

    /// Both do nothing if a job works on the model already.
    void get(const models::CatalogueEntry& entry, const models::HubSettings& hub);
    void check(const std::string& name, const models::Catalogue& catalogue);
    void cancel(const std::string& name);

    /// The job that works on a model or waits to; nullptr if there is none.
    const JobInfo* jobOf(const std::string& name) const;
    /// By model: text shown instead of its state while a job works on it.
    std::map<std::string, QString> words() const;

    Failure failureOf(const std::string& name) const;
    /// For work that is not a job, such as removing a model; empty: none.
    void setFailure(const std::string& name, const Failure& failure);

  Q_SIGNALS:
    void changed();                           // a job, its progress, or a failure
    void finished(const QString& succeeded);  // a job; what it did, empty if it failed or was cancelled

  private:
    struct Work {
        std::string name;
        bool download = false;
    };
    engine::JobId idOf(const std::string& name) const;
    void start(std::unique_ptr<engine::Job> job, const Work& work);
    void take(const engine::JobFinished& result);

    EngineClient& engine_;
    std::map<engine::JobId, Work> jobs_;
    std::map<std::string, Failure> failures_;  // of the last job on a model
};

}  // namespace rest::ui
