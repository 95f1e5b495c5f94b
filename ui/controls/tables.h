// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>

class QAbstractItemModel;
class QTableView;

namespace rest::ui {

/// A read-only table of whole rows in the house's look; the last column takes what is left.
QTableView* makeTable(QAbstractItemModel* model, std::initializer_list<int> widths);

/// Lets long texts take several lines. For tables of few rows only: every row is measured.
void wrapRows(QTableView* table);

}  // namespace rest::ui
