// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::text {

/// The text of a file from any editor or spreadsheet, as UTF-8 with lines that end in '
/// '.
///
/// Accepts UTF-8 with or without a byte order mark, UTF-16 of either byte order (spreadsheets' "Unicode text"; also
/// without a mark if every other byte of the beginning is zero) and, if the bytes are not valid UTF-8, Windows-1252.
/// Line ends may be LF, CRLF or CR.
std::string file_text(std::string_view bytes);

/// True if the bytes cannot be text in any of these encodings: a zero byte that is not part of UTF-16.
bool is_binary(std::string_view bytes);

/// A name normalised for comparison: NFC, so that macOS's "é" (e and an accent) equals everyone else's "é". Bytes that
/// are not UTF-8, as on old file systems, are read as Windows-1252.
std::string comparable_name(std::string_view name);

/// comparable_name() in lower case, letter by letter.
std::string lower_name(std::string_view name);

}  // namespace rest::text
