// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/study/study_report.h"

class QComboBox;
class QLabel;
class QListView;
class QStackedWidget;

namespace rest::ui {

class StudyClipModel;
class ThumbnailLoader;

/// The clips of a study with their captions and votes: all, or those of one quadrant.
class StudyGallery : public QWidget {
    Q_OBJECT

  public:
    explicit StudyGallery(QWidget* parent = nullptr);
    /// `fresh`: another study, so the thumbnails and the choice are reset.
    void setReport(const study::StudyReport& report, bool fresh);
    void showQuadrant(bool people_yes, bool tam_right);
    void showAll();
    StudyClipModel* model() const { return clips_; }
    bool idle() const;

  Q_SIGNALS:
    void videoRequested(const QString& name);  // as in the project

  private:
    void fill();

    study::StudyReport report_;
    ThumbnailLoader* thumbnails_;
    StudyClipModel* clips_;
    QComboBox* choice_;
    QLabel* count_;
    QListView* grid_;
    QStackedWidget* body_;
};

}  // namespace rest::ui
