// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/evaluation/metrics/word_diff.h"

namespace rest::ui {

struct Colours;

/// The caption as rich text: words that were added bold and underlined, those that were removed struck through. The
/// marks are told by their form; the colours only help.
QString diffHtml(const evaluation::WordDiff& diff, const Colours& colours);
/// The same in words, for those who hear the page: "added: a, b; removed: c".
QString diffWords(const evaluation::WordDiff& diff);

}  // namespace rest::ui
