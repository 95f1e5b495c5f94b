// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/captions/diff_text.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "ui/look/format.h"
#include "ui/look/theme.h"

namespace rest::ui {

using evaluation::DiffPiece;

namespace {

/// What was removed ends where another caption did: it is set apart by a blank where the script has blanks.
bool apart(const DiffPiece& before, const DiffPiece& after, bool script_has_blanks) {
    const bool removed = before.kind == DiffPiece::Kind::removed || after.kind == DiffPiece::Kind::removed;
    return before.text.ends_with(' ') || after.text.starts_with(' ') || (removed && script_has_blanks);
}

}  // namespace

QString diffHtml(const evaluation::WordDiff& diff, const Colours& colours) {
    const bool blanks = std::ranges::any_of(
        diff.pieces, [](const DiffPiece& piece) { return text(piece.text).simplified().contains(QChar(' ')); });
    QString html;
    const DiffPiece* before = nullptr;
    for (const DiffPiece& piece : diff.pieces) {
        if (before && apart(*before, piece, blanks)) html += QChar(' ');
        before = &piece;
        const QString words = text(piece.text).trimmed().toHtmlEscaped();
        if (piece.kind == DiffPiece::Kind::added) {
            html += QStringLiteral("<b><u><span style=\"color:%1\">%2</span></u></b>").arg(colours.good.name(), words);
        } else if (piece.kind == DiffPiece::Kind::removed) {
            html += QStringLiteral("<s><span style=\"color:%1\">%2</span></s>").arg(colours.bad.name(), words);
        } else {
            html += words;
        }
    }
    return html;
}

QString diffWords(const evaluation::WordDiff& diff) {
    QStringList added, removed;
    for (const DiffPiece& piece : diff.pieces) {
        const QString words = text(piece.text).trimmed();
        if (piece.kind == DiffPiece::Kind::added) added << words;
        if (piece.kind == DiffPiece::Kind::removed) removed << words;
    }
    const auto say = [](const char* words) { return QCoreApplication::translate("DiffText", words); };
    QStringList parts;
    if (!added.isEmpty()) parts << say("added: %1").arg(added.join(QStringLiteral(", ")));
    if (!removed.isEmpty()) parts << say("removed: %1").arg(removed.join(QStringLiteral(", ")));
    return parts.join(QStringLiteral("; "));
}

}  // namespace rest::ui
