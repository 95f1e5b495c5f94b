// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/caption_card.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"

namespace rest::ui {

namespace {

QString words(const char* source) {
    return QCoreApplication::translate("CaptionCard", source);
}

QString makerText(const store::GeneratedCaption& maker) {
    const QString prompt = text(maker.prompt).trimmed().toHtmlEscaped();
    if (maker.frame >= 0) {
        return words("from <a href=\"frame:%1\">frame %1</a>, prompt “%2”").arg(maker.frame).arg(prompt);
    }
    return words("from the whole clip by %1, prompt “%2”").arg(text(maker.model).toHtmlEscaped(), prompt);
}

}  // namespace

QString originText(const store::CaptionRecord& caption, const QString& source_name) {
    const bool retrieved = caption.origin == store::CaptionOrigin::retrieved;
    QString origin = retrieved ? words("retrieved from <a href=\"video:%1\">%2</a>")
                                     .arg(caption.source_video)
                                     .arg(source_name.toHtmlEscaped())
                               : words("generated");
    if (!caption.maker) return origin;
    if (!retrieved) return origin + QStringLiteral(" ") + makerText(*caption.maker);
    const store::GeneratedCaption& maker = *caption.maker;
    const QString how = maker.frame >= 0 ? words("its frame %1").arg(maker.frame)
                                         : words("its whole clip, %1").arg(text(maker.model).toHtmlEscaped());
    return origin + QStringLiteral(" (%1)").arg(how);
}

CaptionCard::CaptionCard(const Content& content, QWidget* parent) : QFrame(parent) {
    setProperty("card", true);
    const store::CaptionRecord& caption = content.caption;
    auto* rank = mutedLabel(QString::number(caption.rank + 1));
    rank->setMinimumWidth(18);
    auto* words = new WrapLabel(text(caption.text));
    words->setTextFormat(Qt::PlainText);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* score = new QLabel(QLocale().toString(caption.clip_score, 'f', 3));
    score->setToolTip(tr("CLIP score: cosine of the video's and the caption's features (s_vt, Eq. 4)"));
    auto* bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setRange(0, 1000);
    bar->setFixedWidth(56);
    bar->setValue(
        content.best_score > 0 ? static_cast<int>(1000 * std::max(0.0, caption.clip_score) / content.best_score) : 0);
    bar->setToolTip(score->toolTip());
    auto* origin = new WrapLabel(originText(caption, content.source_name), "muted");
    origin->setTextFormat(Qt::RichText);
    origin->setTextInteractionFlags(Qt::TextBrowserInteraction);
    connect(origin, &QLabel::linkActivated, this, [this](const QString& link) {
        const qint64 number = link.section(QChar(':'), 1).toLongLong();
        if (link.startsWith(QLatin1String("video:"))) Q_EMIT videoRequested(number);
        if (link.startsWith(QLatin1String("frame:"))) Q_EMIT sampleRequested(static_cast<int>(number));
    });

    auto* second = new QHBoxLayout;
    second->setSpacing(small_gap);
    second->addWidget(origin, 1);
    if (content.is_new) {
        auto* mark = new QLabel(tr("new"));
        setTone(mark, "good");
        mark->setToolTip(tr("Not in the previous step's list"));
        second->addWidget(mark, 0, Qt::AlignTop);
    }
    auto* middle = new QVBoxLayout;
    middle->setSpacing(3);
    middle->addWidget(words);
    middle->addLayout(second);
    auto* end = new QVBoxLayout;
    end->setSpacing(4);
    end->addWidget(score, 0, Qt::AlignRight);
    end->addWidget(bar);
    end->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(gap);
    layout->addWidget(rank, 0, Qt::AlignTop);
    layout->addLayout(middle, 1);
    layout->addLayout(end);
}

}  // namespace rest::ui
