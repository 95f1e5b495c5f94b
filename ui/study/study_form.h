// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "core/study/create_study.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace rest::ui {

class FileField;
class WrapLabel;

/// A run that has evaluated captions, and at which epochs.
struct EvaluatedRun {
    struct Epoch {
        int epoch = 0;
        int step = -1;
    };
    store::RunId id = 0;
    std::string name;
    std::vector<Epoch> epochs;  // ascending
};

/// Newest first, baselines after trained runs; runs without evaluated captions are left out.
std::vector<EvaluatedRun> evaluatedRuns(const store::Project& project);

/// The settings of a new study, field by field.
class StudyForm : public QWidget {
    Q_OBJECT

  public:
    explicit StudyForm(QWidget* parent = nullptr);
    void setRuns(std::vector<EvaluatedRun> runs);
    bool hasRuns() const { return !runs_.empty(); }
    void setName(const QString& name);
    /// The number of clips available: it is the maximum, and the form says so.
    void setDrawable(int64_t clips);

    /// The fields' values. The lists of known clips are read when the study is created, not here.
    study::StudySetup setup() const;
    QString trainingFile() const;
    QString controlFile() const;

  Q_SIGNALS:
    void edited();      // anything
    void drawEdited();  // a field that changes which clips are drawn

  private:
    void addSource(QFormLayout* form);
    void addDraw(QFormLayout* form);
    void addRating(QFormLayout* form);
    void fillEpochs();
    void showCap();

    std::vector<EvaluatedRun> runs_;
    int64_t drawable_ = -1;
    QLineEdit* name_;
    QComboBox* run_;
    QComboBox* epoch_;
    QSpinBox* clips_;
    WrapLabel* cap_;
    QSpinBox* answers_;
    QSpinBox* seed_;
    QCheckBox* stratified_;
    QSpinBox* minimum_;
    FileField* training_;
    FileField* controls_;
    QPlainTextEdit* instructions_;
};

}  // namespace rest::ui
