// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

#include "ui/dataset/dataset_scan.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace rest::ui {

/// What is in a folder before it is imported: layout, splits, classes, clips, how lists and files agree, problems.
/// Asks what folders named like splits are if that is ambiguous, and whether to import.
class ImportPreview : public QFrame {
    Q_OBJECT

  public:
    explicit ImportPreview(QWidget* parent = nullptr);
    void look(const QString& source);
    QString source() const { return source_; }
    dataset::ScanSettings settings() const;
    bool ready() const { return ready_; }
    bool looking() const { return scan_.running(); }

  Q_SIGNALS:
    void importRequested();
    void dismissed();

  private:
    void scanAgain();
    void showListing(const dataset::DatasetListing& listing);
    void showFailure(const QString& message, const QString& remedy);

    DatasetScan scan_;
    QString source_;
    bool ready_ = false;
    QLabel* where_;
    QLabel* summary_;
    QLabel* details_;
    QComboBox* layout_choice_;
    QLabel* folder_label_;
    QComboBox* folder_choice_;  // shown if folders can be read in two ways
    QPlainTextEdit* problems_;
    QPushButton* import_;
};

/// How lists and files agree, as lines; empty without lists.
QStringList countLines(const dataset::DatasetListing& listing);
/// "768 train, 256 val"
QString splitSummary(const dataset::DatasetListing& listing);

}  // namespace rest::ui
