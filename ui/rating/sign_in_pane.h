// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/study/study.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace rest::ui {

class WrapLabel;

/// What annotators read first, and who is rating: a name or code typed, or chosen from those who rated before.
class SignInPane : public QWidget {
    Q_OBJECT

  public:
    explicit SignInPane(QWidget* parent = nullptr);
    /// Reads the annotators and the progress of each. `inside_project`: there is a project to go back to.
    void begin(const study::Study& study, bool inside_project);
    void showError(const QString& message, const QString& remedy);
    void signIn(const QString& code);

  Q_SIGNALS:
    void signedIn(const QString& code);
    void leaveRequested();

  protected:
    /// Consumes the Return that signs in: on the page that follows, it would be another answer.
    void keyPressEvent(QKeyEvent* event) override;

  private:
    QWidget* makeInstructions();
    QWidget* makeForm();
    void fillList(const study::Study& study);

    WrapLabel* instructions_;
    WrapLabel* practice_;
    QLineEdit* code_;
    QLabel* known_title_;
    QListWidget* known_;
    WrapLabel* error_;
    QPushButton* leave_;
};

}  // namespace rest::ui
