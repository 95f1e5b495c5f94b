// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/controls/wrap_label.h"

#include <QEvent>

namespace rest::ui {

WrapLabel::WrapLabel(const QString& text, const char* tone) : QLabel(text) {
    setWordWrap(true);
    setProperty("tone", QString::fromLatin1(tone));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void WrapLabel::setText(const QString& text) {
    QLabel::setText(text);
    fit();
}

void WrapLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    fit();
}

void WrapLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        // Links keep the colour of the palette they were laid out with.
        const QString words = text();
        QLabel::clear();
        QLabel::setText(words);
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

void WrapLabel::fit() {
    // QLabel never returns less than its minimum height: one found at a narrower width would stay for good.
    setMinimumHeight(0);
    const int needed = text().isEmpty() ? 0 : heightForWidth(width());
    setFixedHeight(needed);
}

}  // namespace rest::ui
