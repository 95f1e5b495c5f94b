// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/ranking_view.h"

#include <QLocale>
#include <QVBoxLayout>

#include "ui/controls/bar_list.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"

namespace rest::ui {

namespace {

constexpr int top_classes = 5;

QString cosineText(double value) {
    return QLocale().toString(value, 'f', 3);
}

}  // namespace

RankingView::RankingView(QWidget* parent)
    : QWidget(parent), answer_(new WrapLabel), bars_(new BarList), scale_(new WrapLabel({}, "muted")) {
    answer_->setTextFormat(Qt::RichText);
    bars_->setAccessibleName(tr("Classes as CLIP-TAM ranks them"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(small_gap);
    layout->addWidget(answer_);
    layout->addWidget(bars_, 1);
    layout->addWidget(scale_);
}

void RankingView::clear() {
    bars_->setBars({});
    answer_->clear();
}

bool RankingView::empty() const {
    return bars_->bars().empty();
}

QString RankingView::answer() const {
    return answer_->text();
}

void RankingView::show(const engine::CaptionRanking& ranking, const QStringList& classes, const QString& true_class) {
    std::vector<Bar> bars;
    ranked_ = ranking.classes;
    const double lowest = ranking.classes.back().cosine;
    int true_place = -1;
    for (const engine::RankedClass& one : ranking.classes) {
        const QString name = classes[one.index];
        const bool is_true = !true_class.isEmpty() && name == true_class;
        const int place = static_cast<int>(bars.size());
        if (is_true) true_place = place;
        bars.push_back({.name = name,
                        .figure = cosineText(one.cosine),
                        .note = place + 1 == std::ssize(ranking.classes)
                                    ? QString()
                                    : QStringLiteral("+%1").arg(cosineText(one.margin)),
                        .tip = tr("%1\nPlace %2, cosine %3, ahead of the next by %4")
                                   .arg(name)
                                   .arg(place + 1)
                                   .arg(cosineText(one.cosine), cosineText(one.margin)),
                        .share = lowest >= 1 ? 1 : (one.cosine - lowest) / (1 - lowest),
                        .strong = place < top_classes,
                        .marked = is_true,
                        .id = one.index});
    }
    const engine::RankedClass& best = ranking.classes.front();
    QString line = tr("Read as <b>%1</b>, cosine %2").arg(classes[best.index].toHtmlEscaped(), cosineText(best.cosine));
    if (ranking.classes.size() > 1) line += tr(", ahead of the next by %1").arg(cosineText(best.margin));
    if (true_place >= 0)
        line += tr(". True class: <b>%1</b>, place %2 of %3")
                    .arg(true_class.toHtmlEscaped())
                    .arg(true_place + 1)
                    .arg(bars.size());
    answer_->setText(line + QStringLiteral("."));
    scale_->setText(tr("Bars run from the lowest cosine, %1, to 1. The first five are strong; beside each cosine its "
                       "lead over the next.")
                        .arg(cosineText(lowest)));
    bars_->setBars(std::move(bars));
}

evaluation::ResultTable RankingView::table() const {
    using evaluation::TableCell;
    evaluation::ResultTable table{
        .columns = {{"", "Place"}, {"", "Class"}, {"", "Cosine"}, {"", "Lead"}, {"", "True class"}}};
    for (size_t i = 0; i < bars_->bars().size(); ++i) {
        const Bar& bar = bars_->bars()[i];
        const engine::RankedClass& one = ranked_[i];
        table.rows.push_back(
            {.cells = {TableCell::of(static_cast<double>(i) + 1, 0), TableCell::of(bar.name.toStdString()),
                       TableCell::of(one.cosine, 3), bar.note.isEmpty() ? TableCell() : TableCell::of(one.margin, 3),
                       TableCell::of(std::string(bar.marked ? "yes" : ""))}});
    }
    return table;
}

std::optional<Picture> RankingView::picture(const QString& title) const {
    if (empty()) return std::nullopt;
    return bars_->picture(title);
}

}  // namespace rest::ui
