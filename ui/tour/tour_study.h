// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace rest::ui {

/// The studies that the tour shows, in a copy: the project's own studies must not get answers from it.
struct TourStudy {
    QString project;   // a copy of the project's database, with two studies in it
    QString answered;  // the one with made-up answers
    QString fresh;     // the one without answers
    QString sent;      // a file as annotators get it
};

/// Creates all that in `folder`. Throws Error if the project has no evaluated captions.
TourStudy makeTourStudy(const QString& project, const QString& folder);

}  // namespace rest::ui
