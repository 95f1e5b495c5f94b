// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <map>
#include <set>
#include <vector>

#include "ui/reports/report.h"

namespace rest::ui {

class EngineClient;
class ProjectSession;

/// The evaluations of the open project: their list, and the reports that were requested, read on the session's
/// worker.
///
/// A run that changes is read again, also when a value of its CLIP-TAM curve arrives: what the Train page draws at
/// that moment can be inspected here. A report whose predictions are unchanged stays the same object, so that views
/// keep their state. All calls from the window's thread.
class ReportBook : public QObject {
    Q_OBJECT

  public:
    ReportBook(ProjectSession& session, EngineClient& engine, QObject* parent = nullptr);

    const EvaluationList& evaluations() const { return evaluations_; }
    bool has(ReportKey key) const;
    /// Null if it was not requested, is being read, or cannot be read.
    ReportPtr report(ReportKey key) const;
    QString problem(ReportKey key) const;  // why it cannot be read; empty: it can
    /// Reads the report unless it is loaded.
    void want(ReportKey key);
    void reload();
    bool idle() const { return !listing_ && reading_.empty(); }

  Q_SIGNALS:
    void listChanged();
    void reportChanged(rest::ui::ReportKey key);

  private:
    struct Read {
        ReportPtr report;
        QString problem;
    };
    void readAgain(const store::RunRef& run);
    void read(ReportKey key);
    void take(ReportKey key, Read found);

    ProjectSession& session_;
    EvaluationList evaluations_;
    std::map<ReportKey, Read> known_;
    std::set<ReportKey> reading_;
    std::set<ReportKey> again_;  // changed while they were being read
    bool listing_ = false;
    bool list_again_ = false;
};

}  // namespace rest::ui
