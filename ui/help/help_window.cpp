// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_window.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPageLayout>
#include <QPdfWriter>
#include <QSaveFile>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>
#include <memory>

#include "core/help/topics.h"
#include "ui/controls/basics.h"
#include "ui/help/help_browser.h"

namespace rest::ui {
namespace {

constexpr int name_role = Qt::UserRole;

}  // namespace

HelpWindow::HelpWindow(QWidget* parent)
    : QWidget(parent, Qt::Window), search_(new QLineEdit), topics_(new QListWidget), browser_(new HelpBrowser) {
    setWindowTitle(tr("Manual — REST Studio"));
    resize(980, 720);
    browser_->setAccessibleName(tr("Page of the manual"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTools());
    column->addWidget(browser_, 1);
    auto* splitter = new QSplitter;
    splitter->addWidget(makeContents());
    splitter->addWidget(page);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({250, 730});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(browser_, &QTextBrowser::sourceChanged, this, [this] {
        selectShown();
        browser_->mark(search_->text());
    });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, search_, [this] {
        search_->setFocus();
        search_->selectAll();
    });
    connect(new QShortcut(QKeySequence::Cancel, this), &QShortcut::activated, this, &QWidget::close);
    fill();
}

QWidget* HelpWindow::makeContents() {
    search_->setPlaceholderText(tr("Search the manual"));
    search_->setClearButtonEnabled(true);
    search_->setAccessibleName(tr("Search the manual"));
    topics_->setAccessibleName(tr("Topics"));
    topics_->setFrameShape(QFrame::NoFrame);
    connect(search_, &QLineEdit::textChanged, this, &HelpWindow::fill);
    connect(search_, &QLineEdit::returnPressed, this, [this] { topics_->setFocus(); });
    connect(topics_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item) browser_->showTopic(item->data(name_role).toString());
    });
    auto* contents = new QWidget;
    auto* column = new QVBoxLayout(contents);
    column->setContentsMargins(gap, gap, small_gap, gap);
    column->addWidget(search_);
    column->addWidget(topics_, 1);
    return contents;
}

QWidget* HelpWindow::makeTools() {
    auto* back = toolButton(QStringLiteral("back"), tr("Back (Alt+Left)"));
    back->setEnabled(false);
    connect(back, &QToolButton::clicked, browser_, &QTextBrowser::backward);
    connect(browser_, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(new QShortcut(QKeySequence::Back, this), &QShortcut::activated, browser_, &QTextBrowser::backward);
    auto* save = toolButton(QStringLiteral("export"), tr("Save this page as PDF, to print it (Ctrl+P)"));
    connect(save, &QToolButton::clicked, this, &HelpWindow::savePdf);
    connect(new QShortcut(QKeySequence::Print, this), &QShortcut::activated, this, &HelpWindow::savePdf);
    auto* tools = new QWidget;
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(gap, small_gap, gap, small_gap);
    row->addWidget(back);
    row->addStretch();
    row->addWidget(save);
    return tools;
}

void HelpWindow::open(const HelpTopic& topic) {
    const QSignalBlocker quiet(search_);  // one filling for both
    search_->setText({});
    fill();
    browser_->showTopic(topic.name.isEmpty() ? QStringLiteral("start") : topic.name);
    browser_->mark(topic.find);
    show();
    raise();
    activateWindow();
    browser_->setFocus();
}

void HelpWindow::fill() {
    const QSignalBlocker quiet(topics_);
    topics_->clear();
    try {
        for (const auto& topic : help::topics_about(search_->text().toStdString())) {
            auto* item = new QListWidgetItem(QString::fromStdString(topic.title), topics_);
            item->setData(name_role, QString::fromStdString(topic.name));
        }
    } catch (const std::exception& e) {
        auto* item = new QListWidgetItem(QString::fromUtf8(e.what()), topics_);
        item->setFlags(Qt::NoItemFlags);
    }
    if (topics_->count() == 0) {
        auto* item = new QListWidgetItem(tr("No page has all of these words"), topics_);
        item->setFlags(Qt::NoItemFlags);
    }
    selectShown();
    browser_->mark(search_->text());
}

void HelpWindow::selectShown() {
    const QSignalBlocker quiet(topics_);
    topics_->setCurrentItem(nullptr);
    for (int row = 0; row < topics_->count(); ++row)
        if (topics_->item(row)->data(name_role).toString() == browser_->topic()) topics_->setCurrentRow(row);
}

void HelpWindow::savePdf() {
    auto* dialog =
        new QFileDialog(this, tr("Save as PDF"), browser_->topic() + QStringLiteral(".pdf"), tr("PDF (*.pdf)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        QString error;
        if (!writePdf(*browser_, file, &error)) QMessageBox::warning(this, tr("Save as PDF"), error);
    });
    dialog->open();
}

bool writePdf(const HelpBrowser& page, const QString& file, QString* error) {
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        *error = HelpWindow::tr("%1 cannot be written: %2").arg(file, out.errorString());
        return false;
    }
    {
        QPdfWriter pdf(&out);
        pdf.setPageSize(QPageSize(QPageSize::A4));
        pdf.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout::Millimeter);
        pdf.setTitle(page.documentTitle());
        // Written anew: the document on the screen has its theme's colours and the screen's font size.
        QTextDocument paper;
        QFont font = page.font();
        font.setPointSize(10);
        paper.setDefaultFont(font);
        paper.setMarkdown(page.document()->toMarkdown());
        paper.print(&pdf);
    }
    if (out.commit()) return true;
    *error = HelpWindow::tr("%1 cannot be written: %2").arg(file, out.errorString());
    return false;
}

}  // namespace rest::ui
