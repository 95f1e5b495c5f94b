// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/filter_panel.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>

#include "ui/controls/basics.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/facet_list.h"
#include "ui/gallery/facet_model.h"
#include "ui/gallery/failure_model.h"
#include "ui/gallery/margin_range.h"
#include "ui/gallery/tag_colours.h"
#include "ui/look/format.h"
#include "ui/look/icons.h"

namespace rest::ui {

namespace {

/// Ticked keys as the values that they stand for.
template <class Value>
std::set<Value> valuesOf(const FacetList* facet) {
    std::set<Value> values;
    for (const qint64 key : facet->model()->ticked()) values.insert(static_cast<Value>(key));
    return values;
}

template <class Value>
void tick(FacetList* facet, const std::set<Value>& values) {
    std::set<qint64> keys;
    for (const Value value : values) keys.insert(static_cast<qint64>(value));
    facet->model()->setTicked(keys);
}

/// The classes of the project, those of most clips first, and none where some clip has none.
std::vector<FacetOption> classOptions(const gallery::ClipTable& table, const std::vector<int64_t>& counts,
                                      const QString& none) {
    std::vector<int> order(table.classes.size());
    std::iota(order.begin(), order.end(), 0);
    const auto count = [&](int label) { return counts[static_cast<size_t>(label + 1)]; };
    std::ranges::stable_sort(order, std::ranges::greater(), count);
    std::vector<FacetOption> options;
    if (count(-1) > 0) options.push_back({.key = -1, .name = none});
    for (const int label : order) {
        if (count(label) > 0) options.push_back({.key = label, .name = text(table.class_name(label))});
    }
    return options;
}

template <class Enum, class Counts>
std::vector<FacetOption> wordOptions(const Counts& counts, QString (*name)(Enum)) {
    std::vector<FacetOption> options;
    for (size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0) options.push_back({.key = static_cast<qint64>(i), .name = name(static_cast<Enum>(i))});
    }
    return options;
}

QString splitText(dataset::Split split) {
    const QString names[] = {FilterPanel::tr("Train"), FilterPanel::tr("Val"), FilterPanel::tr("Test")};
    return names[static_cast<size_t>(split)];
}

}  // namespace

FilterPanel::FilterPanel(ClipBook& book, QWidget* parent)
    : QWidget(parent),
      book_(book),
      words_(new QLineEdit),
      clear_(button(tr("Clear filters"))),
      verdicts_(new FacetList(tr("Reading"))),
      changes_(new FacetList(tr("Changed"))),
      tags_(new FacetList(tr("Tags"))),
      people_(new FacetList(tr("People"))),
      splits_(new FacetList(tr("Split"))),
      labels_(new FacetList(tr("True class"))),
      predicted_(new FacetList(tr("Read as"))),
      margin_(new MarginRange) {
    words_->setPlaceholderText(tr("Words in captions…"));
    words_->setAccessibleName(tr("Words in captions"));
    words_->setToolTip(tr("Words that must all occur in the caption (Ctrl+F)"));
    words_->setClearButtonEnabled(true);
    words_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    auto* find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    find->setShortcutContext(Qt::WindowShortcut);
    connect(find, &QAction::triggered, this, [this] {
        words_->setFocus(Qt::ShortcutFocusReason);
        words_->selectAll();
    });
    addAction(find);
    auto* inside = new QWidget;
    inside->setObjectName(QStringLiteral("clear"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(gap);
    for (QWidget* facet :
         std::initializer_list<QWidget*>{verdicts_, changes_, tags_, people_, splits_, labels_, predicted_, margin_})
        column->addWidget(facet);
    column->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(words_);
    layout->addWidget(scrolled(inside), 1);
    layout->addWidget(clear_);
    clear_->setToolTip(tr("Show every clip again"));
    connect(clear_, &QPushButton::clicked, this, &FilterPanel::clear);
    wait_.setSingleShot(true);
    wait_.setInterval(120);
    connect(&wait_, &QTimer::timeout, this, &FilterPanel::ask);
    connect(words_, &QLineEdit::textChanged, &wait_, QOverload<>::of(&QTimer::start));
    connect(margin_, &MarginRange::changed, this, &FilterPanel::ask);
    for (const FacetList* facet : {verdicts_, changes_, tags_, people_, splits_, labels_, predicted_})
        connect(facet->model(), &FacetModel::toggled, this, &FilterPanel::ask);
    connect(&book_, &ClipBook::tableChanged, this, &FilterPanel::takeTable);
    connect(&book_, &ClipBook::marksChanged, this, &FilterPanel::takeTags);
    connect(&book_, &ClipBook::filtered, this, &FilterPanel::takeCounts);
    takeTable();
    takeCounts();
}

gallery::ClipFilter FilterPanel::filter() const {
    gallery::ClipFilter f;
    f.splits = valuesOf<dataset::Split>(splits_);
    f.labels = valuesOf<int>(labels_);
    f.predicted = valuesOf<int>(predicted_);
    f.verdicts = valuesOf<gallery::Verdict>(verdicts_);
    f.changes = valuesOf<gallery::Change>(changes_);
    f.people = valuesOf<gallery::People>(people_);
    f.tags = valuesOf<store::TagId>(tags_);
    f.untagged = f.tags.erase(untagged_key) > 0;
    f.noted = f.tags.erase(noted_key) > 0;
    f.margin_from = margin_->from();
    f.margin_to = margin_->to();
    f.words = words_->text().toStdString();
    return f;
}

void FilterPanel::setFilter(const gallery::ClipFilter& filter) {
    setting_ = true;
    tick(splits_, filter.splits);
    tick(labels_, filter.labels);
    tick(predicted_, filter.predicted);
    tick(verdicts_, filter.verdicts);
    tick(changes_, filter.changes);
    tick(people_, filter.people);
    auto tags = filter.tags;
    if (filter.untagged) tags.insert(untagged_key);
    if (filter.noted) tags.insert(noted_key);
    tick(tags_, tags);
    margin_->setRange(filter.margin_from, filter.margin_to);
    words_->setText(text(filter.words));
    wait_.stop();
    setting_ = false;
    ask();
}

void FilterPanel::clear() {
    setFilter({});
}

void FilterPanel::ask() {
    if (setting_) return;
    wait_.stop();
    const gallery::ClipFilter asked = filter();
    clear_->setEnabled(!(asked == gallery::ClipFilter()));
    book_.setFilter(asked);
    Q_EMIT changed();
}

/// What no clip of the evaluation is is no option. Ticks on it go, so that nothing unseen filters.
void FilterPanel::takeTable() {
    gallery::FacetCounts counts = book_.totals();
    if (counts.labels.empty()) counts.labels.resize(1), counts.predicted.resize(1);  // nothing is read yet
    splits_->model()->setOptions(wordOptions<dataset::Split>(counts.splits, splitText));
    verdicts_->model()->setOptions(wordOptions<gallery::Verdict>(counts.verdicts, verdictText));
    changes_->model()->setOptions(book_.table()->other ? wordOptions<gallery::Change>(counts.changes, changeText)
                                                       : std::vector<FacetOption>());
    changes_->setVisible(static_cast<bool>(book_.table()->other));
    people_->model()->setOptions(book_.table()->judged > 0 ? wordOptions<gallery::People>(counts.people, peopleText)
                                                           : std::vector<FacetOption>());
    people_->setVisible(book_.table()->judged > 0);
    labels_->model()->setOptions(classOptions(*book_.table(), counts.labels, tr("No class")));
    predicted_->model()->setOptions(classOptions(*book_.table(), counts.predicted, tr("No class of the project")));
    takeTags();
    ask();
}

void FilterPanel::takeTags() {
    std::vector<FacetOption> options;
    for (const store::Tag& tag : book_.marks()->tags)
        options.push_back({.key = tag.id, .name = text(tag.name), .dot = tagColour(tag.colour)});
    options.push_back({.key = untagged_key, .name = tr("No tag")});
    options.push_back({.key = noted_key, .name = tr("With a note")});
    const auto before = tags_->model()->ticked();
    tags_->model()->setOptions(std::move(options));
    takeCounts();
    if (before != tags_->model()->ticked()) ask();
}

void FilterPanel::takeCounts() {
    const gallery::FacetCounts& counts = book_.shown()->counts;
    const auto at = [](const auto& list, qint64 i) -> qint64 {
        return i >= 0 && i < std::ssize(list) ? list[static_cast<size_t>(i)] : 0;
    };
    const auto by = [&](const auto& list, qint64 shift = 0) {
        return [&list, at, shift](qint64 key) { return at(list, key + shift); };
    };
    splits_->model()->setCounts(by(counts.splits));
    verdicts_->model()->setCounts(by(counts.verdicts));
    changes_->model()->setCounts(by(counts.changes));
    people_->model()->setCounts(by(counts.people));
    labels_->model()->setCounts(by(counts.labels, 1));
    predicted_->model()->setCounts(by(counts.predicted, 1));
    tags_->model()->setCounts([&](qint64 key) -> qint64 {
        if (key == untagged_key) return counts.untagged;
        if (key == noted_key) return counts.noted;
        return at(counts.tags, book_.marks()->index_of(key));
    });
    margin_->setCounts(counts, book_.table()->largest_margin);
}

}  // namespace rest::ui
