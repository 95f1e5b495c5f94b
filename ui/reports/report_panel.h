// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>

#include "core/evaluation/tables/table.h"
#include "ui/look/picture.h"
#include "ui/session/place.h"

namespace rest::ui {

/// A tab of the Reports page: its content can be exported, and its clips open other pages.
class ReportPanel : public QWidget {
    Q_OBJECT

  public:
    using QWidget::QWidget;
    virtual evaluation::ResultTable table() const = 0;
    virtual std::optional<Picture> picture() const { return std::nullopt; }

  Q_SIGNALS:
    void videoActivated(const rest::ui::Place& place);
    void explorerRequested(const rest::ui::Place& place);
};

}  // namespace rest::ui
