// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include "core/models/model_list.h"
#include "ui/session/background.h"

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace rest::ui {

class WrapLabel;

/// What a panel shows beside the model itself.
struct ModelContext {
    QString endpoint;      // where it would be downloaded from
    bool offline = false;  // HF_HUB_OFFLINE
    bool project_open = false;
    bool in_use = false;   // by that project
    bool working = false;  // a job works on it
    int permille = -1;     // of that job; -1: unknown
    QString figures;       // of that job: bytes, rate, time left
    Failure failure;       // of the last job on it
    QString by_hand;       // how to get it here without a network
};

/// One model: what it is, under which licence and where, and what can be done with it. It only emits requests; others
/// carry them out.
class ModelPanel : public QFrame {
    Q_OBJECT

  public:
    explicit ModelPanel(QWidget* parent = nullptr);
    /// null: nothing is shown.
    void setModel(const models::ModelInfo* info, const ModelContext& context);
    QPushButton* getButton() const { return get_; }
    QPushButton* cancelButton() const { return cancel_; }
    QPushButton* useButton() const { return use_; }
    QPushButton* checkButton() const { return check_; }
    QPushButton* removeButton() const { return remove_; }
    QPushButton* byHandButton() const { return by_hand_; }
    QString message() const;  // of what went wrong; empty: nothing

  Q_SIGNALS:
    void getRequested();
    void cancelRequested();
    void useRequested();
    void checkRequested();
    void removeRequested();

  private:
    void setFacts(const models::ModelInfo& info, const ModelContext& context);
    void setButtons(const models::ModelInfo& info, const ModelContext& context);

    QLabel* name_;
    WrapLabel* purpose_;
    WrapLabel* facts_;
    WrapLabel* problem_;
    QProgressBar* progress_;
    QLabel* figures_;
    QPushButton* get_;
    QPushButton* cancel_;
    QPushButton* use_;
    QPushButton* check_;
    QPushButton* remove_;
    QPushButton* by_hand_;
    QPlainTextEdit* steps_;
};

}  // namespace rest::ui
