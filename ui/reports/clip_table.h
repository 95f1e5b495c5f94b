// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <initializer_list>

#include "core/store/records.h"

class QAbstractItemModel;
class QTableView;

namespace rest::ui {

class ReportPanel;

/// A table whose rows are clips: a double click or Return opens the clip on the Captions page, the menu of the right
/// button offers that and the explorer. `video` gives the clip of a row of the model, 0 for none.
QTableView* makeClipTable(QAbstractItemModel* model, std::initializer_list<int> widths, ReportPanel* panel,
                          std::function<store::VideoId(int)> video);

}  // namespace rest::ui
