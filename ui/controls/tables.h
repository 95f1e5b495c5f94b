// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>

class QAbstractItemModel;
class QMenu;
class QModelIndex;
class QString;
class QTableView;

namespace rest::ui {

/// A read-only table of whole rows in the house's look; the last column takes what is left. Ctrl+C copies the rows that
/// are selected, and so does the menu of each row.
QTableView* makeTable(QAbstractItemModel* model, std::initializer_list<int> widths);

/// A click on a header sorts by it (ui/look/sort_role.h), a third one goes back to the model's order. From then on the
/// view's indexes are not the model's: sourceRow() leads from one to the other, and showRow() back.
void makeSortable(QTableView* table);
/// The same of a model that sorts itself; model and view then have the same rows.
void sortByHeader(QTableView* table);
int sourceRow(const QModelIndex& index);
/// Makes a row of the model the current one; -1: none.
void selectSourceRow(QTableView* table, int row);

/// What is copied: the selected rows as they stand, cells separated by tabs, without the columns that are hidden.
QString selectedText(const QTableView* table);
void addCopyAction(QMenu* menu, QTableView* table);
/// The table's owner shows a menu of its own, with addCopyAction() in it.
void replaceMenu(QTableView* table);

/// Keeps the widths that a user gives the columns, for good, under that name.
void rememberColumns(QTableView* table, const QString& name);

/// Lets long texts take several lines. For tables of few rows only: every row is measured.
void wrapRows(QTableView* table);
/// Gives each row two lines, whatever it says: for many rows whose texts are sentences.
void useTwoLines(QTableView* table);

}  // namespace rest::ui
