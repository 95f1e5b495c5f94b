// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/file_text.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/text/unicode.h"

namespace rest::text {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr size_t kGlance = 512;

enum class Encoding { utf8, utf16_little, utf16_big, other };

/// How many of the first two-byte units have a zero at `offset`.
size_t zeros_at(std::string_view bytes, size_t offset) {
    size_t zeros = 0;
    for (size_t i = offset; i < std::min(bytes.size(), kGlance); i += 2) zeros += bytes[i] == '\0';
    return zeros;
}

Encoding encoding_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE"sv)) return Encoding::utf16_little;
    if (bytes.starts_with("\xFE\xFF"sv)) return Encoding::utf16_big;
    // Without a byte order mark: in UTF-16, ASCII text has a zero in one byte of each pair, and never in the other.
    const size_t pairs = std::min(bytes.size(), kGlance) / 2;
    const size_t even = zeros_at(bytes, 0), odd = zeros_at(bytes, 1);
    if (pairs > 1 && even == 0 && odd * 2 > pairs) return Encoding::utf16_little;
    if (pairs > 1 && odd == 0 && even * 2 > pairs) return Encoding::utf16_big;
    return unicode::is_valid(bytes) ? Encoding::utf8 : Encoding::other;
}

std::string from_charset(std::string_view bytes, const char* charset) {
    if (bytes.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
        throw Error(ErrorCode::invalid_argument, "A text of " + std::to_string(bytes.size()) + " bytes is too long",
                    "Split the text");
    }
    std::string out;
    icu::UnicodeString(bytes.data(), static_cast<int32_t>(bytes.size()), charset).toUTF8String(out);
    return out;
}

std::string with_plain_ends(std::string text) {
    if (text.find('\r') == std::string::npos) return text;
    size_t to = 0;
    for (size_t from = 0; from < text.size(); ++from) {
        if (text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n') continue;
        text[to++] = text[from] == '\r' ? '\n' : text[from];
    }
    text.resize(to);
    return text;
}

}  // namespace

std::string file_text(std::string_view bytes) {
    std::string text;
    switch (encoding_of(bytes)) {
        case Encoding::utf8:
            text = bytes;
            break;
        case Encoding::utf16_little:
            text = from_charset(bytes.substr(0, bytes.size() / 2 * 2), "UTF-16LE");
            break;
        case Encoding::utf16_big:
            text = from_charset(bytes.substr(0, bytes.size() / 2 * 2), "UTF-16BE");
            break;
        case Encoding::other:
            text = from_charset(bytes, "windows-1252");
            break;
    }
    if (text.starts_with(kUtf8Mark)) text.erase(0, kUtf8Mark.size());
    return with_plain_ends(std::move(text));
}

bool is_binary(std::string_view bytes) {
    const auto encoding = encoding_of(bytes);
    if (encoding == Encoding::utf16_little || encoding == Encoding::utf16_big) return false;
    return bytes.find('\0') != std::string_view::npos;
}

std::string comparable_name(std::string_view name) {
    if (unicode::is_ascii(name)) return std::string(name);
    return unicode::nfc(unicode::is_valid(name) ? std::string(name) : from_charset(name, "windows-1252"));
}

std::string lower_name(std::string_view name) {
    const std::string comparable = comparable_name(name);
    std::string out;
    out.reserve(comparable.size());
    for (size_t at = 0; at < comparable.size();) unicode::append_lower(out, unicode::next(comparable, at));
    return out;
}

}  // namespace rest::text
