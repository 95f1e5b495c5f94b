// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/tag_editor.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/gallery/clip_book.h"
#include "ui/gallery/tag_colours.h"
#include "ui/gallery/tag_writer.h"
#include "ui/look/format.h"

namespace rest::ui {

TagEditor::TagEditor(ClipBook& book, TagWriter& writer, QWidget* parent)
    : QDialog(parent),
      book_(book),
      writer_(writer),
      list_(new QListWidget),
      name_(new QLineEdit),
      who_(new QLineEdit(TagWriter::who())),
      why_(new WrapLabel({}, "bad")),
      colour_(toolButton(QStringLiteral("grid"), tr("Colour"))),
      up_(toolButton(QStringLiteral("up"), tr("Up (Alt+Up)"))),
      down_(toolButton(QStringLiteral("down"), tr("Down (Alt+Down)"))),
      remove_(toolButton(QStringLiteral("remove"), tr("Remove the tag (Del)"))) {
    setWindowTitle(tr("Tags"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumSize(460, 480);
    list_->setAccessibleName(tr("Tags"));
    list_->setObjectName(QStringLiteral("people"));
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    list_->setToolTip(tr("Double-click or F2 renames"));
    name_->setPlaceholderText(tr("A tag of your own"));
    name_->setAccessibleName(tr("Name of a new tag"));
    name_->setMaxLength(80);
    who_->setAccessibleName(tr("Your name"));
    who_->setMaxLength(80);
    who_->setToolTip(tr("Stands beside every tag and note that you give"));
    auto* menu = new QMenu(colour_);
    for (int colour = 0; colour < store::kTagColours; ++colour)
        menu->addAction(tagDot(colour, devicePixelRatioF()), tagColourName(colour), this,
                        [this, colour] { recolour(colour); });
    colour_->setMenu(menu);
    colour_->setPopupMode(QToolButton::InstantPopup);
    up_->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    down_->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    auto* add = button(tr("Add"), QStringLiteral("add"));
    add->setAutoDefault(false);
    auto* close = button(tr("Close"), {}, true);
    close->setAutoDefault(false);
    connect(list_, &QListWidget::currentRowChanged, this, [this] { fill(); });
    connect(list_, &QListWidget::itemChanged, this,
            [this](QListWidgetItem* item) { rename(list_->row(item), item->text()); });
    connect(add, &QPushButton::clicked, this, &TagEditor::add);
    connect(name_, &QLineEdit::returnPressed, this, &TagEditor::add);
    connect(up_, &QToolButton::clicked, this, [this] { move(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { move(1); });
    connect(remove_, &QToolButton::clicked, this, &TagEditor::removeTag);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(who_, &QLineEdit::editingFinished, this, [this] { TagWriter::setWho(who_->text()); });
    connect(&book_, &ClipBook::marksChanged, this, &TagEditor::fill);
    connect(&writer_, &TagWriter::failed, this, [this](const QString& message, const QString& remedy) {
        why_->setText(message + QChar('\n') + remedy);
        why_->show();
    });
    connect(&writer_, &TagWriter::written, this, [this] { why_->hide(); });
    why_->hide();

    auto* tools = new QHBoxLayout;
    tools->addWidget(name_, 1);
    tools->addWidget(add);
    auto* of_tag = new QHBoxLayout;
    of_tag->addWidget(colour_);
    of_tag->addWidget(up_);
    of_tag->addWidget(down_);
    of_tag->addStretch();
    of_tag->addWidget(remove_);
    auto* end = new QHBoxLayout;
    end->addWidget(mutedLabel(tr("Your name")));
    end->addWidget(who_, 1);
    end->addSpacing(page_margin);
    end->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(page_margin, page_margin, page_margin, page_margin);
    layout->setSpacing(gap);
    layout->addWidget(new WrapLabel(tr("Keys 1 to 9 put the first nine on the clips that are chosen. The first five "
                                       "are the paper's kinds of failure. "
                                       "A tag belongs to a caption of a video in a run's epoch."),
                                    "muted"));
    layout->addWidget(list_, 1);
    layout->addLayout(of_tag);
    layout->addLayout(tools);
    layout->addWidget(why_);
    layout->addLayout(end);
    fill();
}

const store::Tag* TagEditor::current() const {
    const int row = list_->currentRow();
    return row >= 0 && row < std::ssize(tags_) ? &tags_[static_cast<size_t>(row)] : nullptr;
}

void TagEditor::fill() {
    if (filling_) return;
    filling_ = true;
    const int row = std::max(0, list_->currentRow());
    if (tags_ != book_.marks()->tags || list_->count() == 0) {
        tags_ = book_.marks()->tags;
        list_->clear();
        for (const store::Tag& tag : tags_) {
            auto* item = new QListWidgetItem(tagDot(tag.colour, devicePixelRatioF()), text(tag.name), list_);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
        }
        list_->setCurrentRow(std::min(row, list_->count() - 1));
    }
    const bool some = current() != nullptr;
    for (QToolButton* tool : {colour_, remove_}) tool->setEnabled(some);
    up_->setEnabled(some && list_->currentRow() > 0);
    down_->setEnabled(some && list_->currentRow() + 1 < list_->count());
    filling_ = false;
}

void TagEditor::add() {
    const QString name = name_->text().simplified();
    if (name.isEmpty()) return name_->setFocus();
    // The colour that fewest tags have, so that they can be told apart.
    std::vector<int> used(store::kTagColours);
    for (const store::Tag& tag : tags_) ++used[static_cast<size_t>(tag.colour)];
    const int colour = static_cast<int>(std::ranges::min_element(used) - used.begin());
    writer_.write(tr("Tag “%1” added").arg(name), [name = name.toStdString(), colour](store::TagBook& book) {
        const store::Tag made = book.add(name, colour);
        return [made](store::TagBook& same) { same.remove(made.id); };
    });
    name_->clear();
}

void TagEditor::rename(int row, const QString& name) {
    if (filling_ || row < 0 || row >= std::ssize(tags_)) return;
    const store::Tag tag = tags_[static_cast<size_t>(row)];
    if (name.simplified() == text(tag.name)) return;
    tags_.clear();  // what is listed is not so until it is read again
    writer_.write(tr("Tag “%1” renamed").arg(text(tag.name)), [tag, name = name.toStdString()](store::TagBook& book) {
        book.rename(tag.id, name);
        return [tag](store::TagBook& same) { same.rename(tag.id, tag.name); };
    });
}

void TagEditor::recolour(int colour) {
    const store::Tag* tag = current();
    if (!tag || tag->colour == colour) return;
    writer_.write(tr("Colour of “%1” changed").arg(text(tag->name)), [tag = *tag, colour](store::TagBook& book) {
        book.recolour(tag.id, colour);
        return [tag](store::TagBook& same) { same.recolour(tag.id, tag.colour); };
    });
}

void TagEditor::move(int by) {
    const int row = list_->currentRow(), to = row + by;
    if (!current() || to < 0 || to >= std::ssize(tags_)) return;
    std::vector<store::TagId> before, after;
    for (const store::Tag& tag : tags_) before.push_back(tag.id);
    after = before;
    std::swap(after[static_cast<size_t>(row)], after[static_cast<size_t>(to)]);
    list_->setCurrentRow(to);  // the tag keeps being the current one
    writer_.write(tr("Order of tags changed"), [before, after](store::TagBook& book) {
        book.reorder(after);
        return [before](store::TagBook& same) { same.reorder(before); };
    });
}

void TagEditor::removeTag() {
    const store::Tag* tag = current();
    if (!tag) return;
    writer_.write(tr("Tag “%1” removed from all clips").arg(text(tag->name)), [id = tag->id](store::TagBook& book) {
        return [removed = book.remove(id)](store::TagBook& same) { same.restore(removed); };
    });
}

}  // namespace rest::ui
