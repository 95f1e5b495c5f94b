// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rest::ui {

/// What the tour shows of the study: the project's own studies must not get answers from it.
struct TourStudy {
    QString project;   // a copy of the project's database, with two studies in it
    QString answered;  // the one that made-up people rated
    QString fresh;     // the one that nobody did
    QString sent;      // a file as annotators get it
};

/// Makes all that in `folder`. Throws Error where the project has no evaluated captions.
TourStudy makeTourStudy(const QString& project, const QString& folder);

}  // namespace rest::ui
