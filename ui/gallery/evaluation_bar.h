// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/engine/measure/stored_report.h"
#include "core/gallery/clip_table.h"

class QComboBox;

namespace rest::ui {

class EngineClient;
class ProjectSession;

/// Which evaluation is looked at, and with which other one it is compared. The project's evaluations are read when it
/// opens and whenever a run changes.
class EvaluationBar : public QWidget {
    Q_OBJECT

  public:
    EvaluationBar(ProjectSession& session, EngineClient& engine, QWidget* parent = nullptr);

    const std::vector<engine::StoredEvaluation>& all() const { return all_; }
    /// Of no run while there is none.
    gallery::EvaluationRef current() const;
    gallery::EvaluationRef other() const;
    /// What there is not, or not yet, changes nothing.
    void choose(const gallery::EvaluationRef& current, const gallery::EvaluationRef& other);
    /// "run 3, epoch 15": what tells it from others.
    QString title() const;
    const engine::StoredEvaluation* find(const gallery::EvaluationRef& evaluation) const;
    QComboBox* currentChoice() const { return current_; }
    QComboBox* otherChoice() const { return other_; }
    bool idle() const { return !reading_; }

  Q_SIGNALS:
    void listChanged();  // and it may be what is chosen, too
    void chosen();       // by the user

  private:
    void reload();
    void take(std::vector<engine::StoredEvaluation> found);
    void fill();

    ProjectSession& session_;
    QComboBox* current_;
    QComboBox* other_;
    std::vector<engine::StoredEvaluation> all_;
    bool reading_ = false;
    bool read_again_ = false;
};

}  // namespace rest::ui
