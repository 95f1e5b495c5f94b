// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docs/man_text.h"

#include <algorithm>
#include <cctype>

namespace rest::app {
namespace {

char to_upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

std::string escape(const std::string& text, bool typed) {
    std::string out;
    bool line_start = true;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (line_start && (c == '.' || c == '\'')) out += "\\&";  // otherwise parsed as a request
        line_start = c == '\n';
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-' && (typed || i == 0 || text[i - 1] == ' ' || text[i - 1] == '-')) {
            out += "\\-";  // in a sentence, the hyphen of an option
        } else if (c == '~') {
            out += "\\(ti";
        } else if (c == '^') {
            out += "\\(ha";
        } else if (c == '`') {
            out += "\\(ga";
        } else if (c == '\'') {
            out += "\\(aq";
        } else {
            out += c;
        }
    }
    return out;
}

std::string font(const char* name, const std::string& text) {
    return std::string("\\f") + name + typed_text(text) + "\\fR";
}

}  // namespace

std::string man_text(const std::string& text) {
    return escape(text, false);
}

std::string typed_text(const std::string& text) {
    return escape(text, true);
}

std::string bold(const std::string& text) {
    return font("B", text);
}

std::string italic(const std::string& text) {
    return font("I", text);
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), to_upper);
    return text;
}

std::string full_stop(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '!' && text.back() != '?') text += '.';
    return text;
}

std::string sentence(std::string text) {
    if (!text.empty()) text[0] = to_upper(text[0]);
    return full_stop(std::move(text));
}

}  // namespace rest::app
