// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTemporaryDir>
#include <functional>
#include <vector>

#include "ui/tour/tour_study.h"

namespace rest::ui {

class MainWindow;
class ThemeManager;

/// Visits every page in its states, in the light and the dark theme, writes a PNG of each and ends the program
/// with status 0, or 1 if a picture could not be written.
class Tour : public QObject {
    Q_OBJECT

  public:
    /// `project` may be empty: then only the pages of an empty project are shown.
    Tour(MainWindow& window, ThemeManager& themes, const QString& folder, const QString& project,
         QObject* parent = nullptr);
    void start();

  private:
    struct Stop {
        QString name;  // empty: no picture
        std::function<void()> go;
    };
    void addEmptyStops();
    void addProjectStops();
    void addReportStops();
    void addStudyStops();
    void addRatingStops();
    void visit();
    void settle();
    void grab();
    bool quiet() const;

    MainWindow& window_;
    ThemeManager& themes_;
    QString folder_;
    QString project_;
    QTemporaryDir empty_;
    TourStudy study_;
    std::vector<Stop> stops_;
    size_t at_ = 0;
    bool failed_ = false;
    QElapsedTimer waited_;
};

}  // namespace rest::ui
