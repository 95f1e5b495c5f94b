// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/engine/measure/caption_ranker.h"
#include "core/evaluation/tables/table.h"
#include "ui/look/picture.h"

namespace rest::ui {

class BarList;
class WrapLabel;

/// The classes as CLIP-TAM ranks them for one caption: a sentence that says how it reads it, and a bar for each.
class RankingView : public QWidget {
    Q_OBJECT

  public:
    explicit RankingView(QWidget* parent = nullptr);
    /// `classes`: names, in the order that the ranking numbers them. `true_class` is marked; empty: unknown.
    void show(const engine::CaptionRanking& ranking, const QStringList& classes, const QString& true_class);
    using QWidget::show;
    void clear();
    bool empty() const;
    QString answer() const;
    BarList* bars() const { return bars_; }
    /// A row for each class; title and provenance are the caller's.
    evaluation::ResultTable table() const;
    /// Nothing while it is empty.
    std::optional<Picture> picture(const QString& title) const;

  private:
    WrapLabel* answer_;
    BarList* bars_;
    WrapLabel* scale_;
    std::vector<engine::RankedClass> ranked_;  // beside the bars
};

}  // namespace rest::ui
