// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>

class QAbstractItemModel;
class QTableView;

namespace rest::ui {

/// A read-only table with row selection in the program's style; the last column takes the remaining width.
QTableView* makeTable(QAbstractItemModel* model, std::initializer_list<int> widths);

/// Wraps long texts. For tables of few rows only: every row is measured.
void wrapRows(QTableView* table);

}  // namespace rest::ui
