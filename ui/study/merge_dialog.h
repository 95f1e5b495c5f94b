// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <vector>

#include "core/study/merge_study.h"

namespace rest::ui {

/// The result of merging each returned file.
class MergeDialog : public QDialog {
    Q_OBJECT

  public:
    explicit MergeDialog(const std::vector<study::MergedFile>& merged, QWidget* parent = nullptr);
};

}  // namespace rest::ui
