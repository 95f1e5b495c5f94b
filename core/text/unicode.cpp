// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/base/error.h"

namespace rest::text::unicode {
namespace {

constexpr char32_t kCapitalIWithDot = 0x130;  // the only letter whose lower case is two code points

bool in_category(char32_t c, uint32_t mask) {
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & mask) != 0;
}

using Instance = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalised(std::string_view text, Instance instance) {
    if (is_ascii(text)) return std::string(text);
    if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) {
        throw Error(ErrorCode::invalid_argument, "A text of " + std::to_string(text.size()) + " bytes is too long",
                    "Split the text");
    }
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    out.reserve(text.size());
    icu::StringByteSink<std::string> sink(&out);
    const icu::Normalizer2* normalizer = instance(status);
    if (U_SUCCESS(status)) {
        normalizer->normalizeUTF8(0, {text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, status);
    }
    if (U_FAILURE(status)) {
        throw Error(ErrorCode::unsupported, std::string("ICU cannot normalise text: ") + u_errorName(status),
                    "Install ICU with its data");
    }
    return out;
}

}  // namespace

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_valid(std::string_view text) {
    for (size_t position = 0; position < text.size();) {
        UChar32 c = 0;
        U8_NEXT(text.data(), position, text.size(), c);
        if (c < 0) return false;
    }
    return true;
}

std::string repaired(std::string_view text) {
    if (is_valid(text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (size_t position = 0; position < text.size();) append(out, next(text, position));
    return out;
}

char32_t next(std::string_view text, size_t& position) {
    const auto first = static_cast<unsigned char>(text[position]);
    if (first < 0x80) {
        ++position;
        return first;
    }
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), position, text.size(), c);
    return static_cast<char32_t>(c);
}

void append(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    uint8_t bytes[U8_MAX_LENGTH];
    size_t count = 0;
    U8_APPEND_UNSAFE(bytes, count, c);
    out.append(reinterpret_cast<const char*>(bytes), count);
}

void append_lower(std::string& out, char32_t c) {
    if (c == kCapitalIWithDot) {
        out += 'i';
        append(out, 0x307);
    } else {
        append(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
}

std::string nfc(std::string_view valid) {
    return normalised(valid, icu::Normalizer2::getNFCInstance);
}
std::string nfd(std::string_view valid) {
    return normalised(valid, icu::Normalizer2::getNFDInstance);
}

bool is_as_old_as(char32_t c, int major) {
    UVersionInfo age;  // all zero if unassigned
    u_charAge(static_cast<UChar32>(c), age);
    return age[0] != 0 && age[0] <= major;
}

bool is_space(char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_WHITE_SPACE);
}
bool is_letter(char32_t c) {
    return in_category(c, U_GC_L_MASK);
}
bool is_number(char32_t c) {
    return in_category(c, U_GC_N_MASK);
}
bool is_punctuation(char32_t c) {
    return in_category(c, U_GC_P_MASK);
}
bool is_nonspacing_mark(char32_t c) {
    return in_category(c, U_GC_MN_MASK);
}
bool is_control(char32_t c) {
    return in_category(c, U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK);
}

}  // namespace rest::text::unicode
