// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace rest::ui {

/// What a cell is sorted by where its text would not do: numbers and strings; nothing for what is missing, which comes
/// last. Where no cell of a column has it, their texts are compared, and numbers in them count as numbers.
constexpr int sort_role = Qt::UserRole + 1000;

}  // namespace rest::ui
