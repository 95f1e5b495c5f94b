// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/caption_card.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/captions/diff_text.h"
#include "ui/controls/basics.h"
#include "ui/controls/wrap_label.h"
#include "ui/look/format.h"
#include "ui/look/theme.h"

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

QString originText(const store::CaptionRecord& caption, const CaptionSource& source) {
    const bool retrieved = caption.origin == store::CaptionOrigin::retrieved;
    QString origin = retrieved ? words("retrieved from <a href=\"video:%1\">%2</a>")
                                     .arg(caption.source_video)
                                     .arg(source.name.toHtmlEscaped())
                               : words("own, generated");
    if (caption.maker && !retrieved) origin += QStringLiteral(" ") + makerText(*caption.maker);
    if (caption.maker && retrieved) {
        const store::GeneratedCaption& maker = *caption.maker;
        const QString how = maker.frame >= 0 ? words("its frame %1").arg(maker.frame)
                                             : words("its whole clip, %1").arg(text(maker.model).toHtmlEscaped());
        origin += QStringLiteral(" (%1)").arg(how);
    }
    if (!retrieved) return origin;
    if (source.similarity)
        origin += QStringLiteral(" · ") + words("similarity %1").arg(QLocale().toString(*source.similarity, 'f', 3));
    if (!source.class_name.isEmpty())
        origin += QStringLiteral(" · ") + words("class %1").arg(source.class_name.toHtmlEscaped());
    return origin;
}

CaptionCard::CaptionCard(const KeptCaption& kept, double best_score, QWidget* parent)
    : QFrame(parent), kept_(kept), words_(new WrapLabel), origin_(new WrapLabel({}, "muted")), picture_(new QLabel) {
    setProperty("card", true);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    origin_->setTextFormat(Qt::RichText);
    origin_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    picture_->setVisible(false);
    picture_->setAccessibleName(tr("The video it was retrieved from"));
    connect(origin_, &QLabel::linkActivated, this, [this](const QString& link) {
        const qint64 number = link.section(QChar(':'), 1).toLongLong();
        if (link.startsWith(QLatin1String("video:"))) Q_EMIT videoRequested(number);
        if (link.startsWith(QLatin1String("frame:"))) Q_EMIT sampleRequested(static_cast<int>(number));
    });
    auto* rank = mutedLabel(QString::number(kept_.caption.rank + 1));
    rank->setMinimumWidth(14);
    rank->setToolTip(tr("Place in the list, by CLIP score"));
    auto* second = new QHBoxLayout;
    second->setSpacing(small_gap);
    second->addWidget(picture_, 0, Qt::AlignTop);
    second->addWidget(origin_, 1);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(3);
    middle->addWidget(words_);
    middle->addLayout(second);
    auto* end = new QVBoxLayout;
    end->setSpacing(4);
    end->addWidget(makeScore(best_score), 0, Qt::AlignRight);
    if (QLabel* mark = makeMark()) end->addWidget(mark, 0, Qt::AlignRight);
    end->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(small_gap + 2);
    layout->addWidget(rank, 0, Qt::AlignTop);
    layout->addLayout(middle, 1);
    layout->addLayout(end);
    showWords();
    setSource({});
}

QWidget* CaptionCard::makeScore(double best_score) {
    auto* box = new QWidget;
    box->setObjectName(QStringLiteral("clear"));
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* score = new QLabel(QLocale().toString(kept_.caption.clip_score, 'f', 3));
    score->setToolTip(tr("CLIP score: cosine of the video's and the caption's features (s_vt, Eq. 4)"));
    auto* bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setRange(0, 1000);
    bar->setFixedWidth(48);
    bar->setValue(best_score > 0 ? static_cast<int>(1000 * std::max(0.0, kept_.caption.clip_score) / best_score) : 0);
    bar->setToolTip(score->toolTip());
    layout->addWidget(score, 0, Qt::AlignRight);
    layout->addWidget(bar);
    return box;
}

/// What became of it since the step before; nothing when it stands where it stood.
QLabel* CaptionCard::makeMark() {
    if (kept_.fresh) {
        auto* mark = new QLabel(tr("new"));
        setTone(mark, "good");
        mark->setToolTip(kept_.diff ? tr("Not in the list of the step before. Compared with “%1”").arg(text(kept_.like))
                                    : tr("Not in the list of the step before, and like none in it"));
        return mark;
    }
    if (kept_.place_before < 0 || kept_.place_before == kept_.caption.rank) return nullptr;
    const bool up = kept_.caption.rank < kept_.place_before;
    auto* mark =
        mutedLabel((up ? QStringLiteral("↑ ") : QStringLiteral("↓ ")) + QString::number(kept_.place_before + 1));
    mark->setToolTip(tr("At place %1 in the step before").arg(kept_.place_before + 1));
    mark->setAccessibleName(mark->toolTip());
    return mark;
}

void CaptionCard::showWords() {
    const bool marked = kept_.fresh && kept_.diff;
    words_->setTextFormat(marked ? Qt::RichText : Qt::PlainText);
    words_->setText(marked ? diffHtml(*kept_.diff, coloursOf(palette())) : text(kept_.caption.text));
    words_->setAccessibleName(text(kept_.caption.text));
    words_->setAccessibleDescription(marked ? diffWords(*kept_.diff) : QString());
}

void CaptionCard::setSource(const CaptionSource& source) {
    origin_->setText(originText(kept_.caption, source));
    const bool shown = kept_.caption.origin == store::CaptionOrigin::retrieved && !source.thumbnail.isNull();
    if (shown) picture_->setPixmap(source.thumbnail);
    picture_->setVisible(shown);
}

void CaptionCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) showWords();
}

}  // namespace rest::ui
