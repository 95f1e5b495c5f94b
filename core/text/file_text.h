// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace rest::text {

/// The text of a file that people wrote with whatever they have, as UTF-8 with lines that end in '\n'.
///
/// Takes UTF-8 with or without a mark, UTF-16 of either order (spreadsheets' "Unicode text"; also without a mark where
/// every other byte of the beginning is zero) and, where the bytes are no UTF-8, Windows-1252. The ends of lines may be
/// LF, CRLF or CR.
std::string file_text(std::string_view bytes);

/// True when the bytes cannot be text of any of these: a zero byte that is no part of UTF-16.
bool is_binary(std::string_view bytes);

/// A name as it is compared with other names: in NFC, so that "é" of macOS (e and an accent) is "é" of all others.
/// Bytes that are no UTF-8, as old file systems have them, are read as Windows-1252.
std::string comparable_name(std::string_view name);

/// comparable_name() in lower case, letter by letter.
std::string lower_name(std::string_view name);

}  // namespace rest::text
