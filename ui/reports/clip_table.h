// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <initializer_list>
#include <vector>

#include "ui/session/place.h"

class QAbstractItemModel;
class QTableView;

namespace rest::ui {

class ReportPanel;

/// Where a row of a table of clips comes from. A table may have several origins: before and after.
struct ClipOrigin {
    QString name;                     // in the menu; empty if there is only one
    std::function<Place(int)> place;  // of a row of the model; without a video for an invalid row
};

/// A table whose rows are clips: a double click or Return opens the clip on the Captions page, at the first origin; the
/// context menu offers that and the explorer for each origin.
QTableView* makeClipTable(QAbstractItemModel* model, std::initializer_list<int> widths, ReportPanel* panel,
                          std::vector<ClipOrigin> origins);

}  // namespace rest::ui
