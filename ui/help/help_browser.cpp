// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_browser.h"

#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>

#include "core/help/topics.h"
#include "ui/look/theme.h"

namespace rest::ui {

namespace {

QString topicOf(const QUrl& page) {
    return page.fileName().section(QLatin1Char('.'), 0, 0);
}

}  // namespace

HelpBrowser::HelpBrowser(QWidget* parent) : QTextBrowser(parent) {
    setOpenExternalLinks(true);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(20);
    // source() still names the old page while sourceChanged() is emitted.
    connect(this, &QTextBrowser::sourceChanged, this, [this](const QUrl& page) { topic_ = topicOf(page); });
}

void HelpBrowser::showTopic(const QString& name) {
    if (name != topic()) setSource(QUrl(name + QStringLiteral(".md")), QTextDocument::MarkdownResource);
}

QVariant HelpBrowser::loadResource(int type, const QUrl& name) {
    if (type != QTextDocument::MarkdownResource) return QTextBrowser::loadResource(type, name);
    try {
        return QString::fromStdString(help::topic_text(topicOf(name).toStdString()));
    } catch (const std::exception& e) {
        return tr("# This page cannot be shown\n\n%1").arg(QString::fromUtf8(e.what()));
    }
}

void HelpBrowser::mark(const QString& words) {
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QTextCharFormat format;
    format.setBackground(colours().warning);
    format.setForeground(colours().base);
    QList<ExtraSelection> marks;
    QTextCursor best;
    int most = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        int here = 0;
        for (const QString& word : wanted) {
            const int position = static_cast<int>(block.text().indexOf(word, 0, Qt::CaseInsensitive));
            if (position < 0) continue;
            ++here;
            QTextCursor cursor(block);
            cursor.setPosition(block.position() + position);
            cursor.setPosition(block.position() + position + static_cast<int>(word.size()), QTextCursor::KeepAnchor);
            marks.push_back({cursor, format});
            if (here > most) best = cursor;
        }
        most = std::max(most, here);
    }
    setExtraSelections(marks);
    if (best.isNull()) return;
    best.clearSelection();
    setTextCursor(best);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + cursorRect().top() - viewport()->height() / 4);
}

}  // namespace rest::ui
