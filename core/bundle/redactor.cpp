// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/redactor.h"

#include "core/text/unicode.h"

namespace rest::bundle {
namespace {

using nlohmann::json;

KnownFolders with_home(KnownFolders folders, const std::filesystem::path& home) {
    folders.home = home;
    return folders;
}

/// Whether `c` can be part of an e-mail address. Generous: "x@y" without a dot counts too.
bool in_address(char32_t c) {
    constexpr std::u32string_view kNot = U"\"'`<>()[]{},;:|/\\=@…";
    return !text::unicode::is_space(c) && !text::unicode::is_control(c) && kNot.find(c) == std::u32string_view::npos;
}

std::string without_addresses(std::string_view text) {
    std::string out;
    size_t word = 0;  // where in `out` the preceding word begins
    for (size_t position = 0; position < text.size();) {
        const size_t begin = position;
        const char32_t c = text::unicode::next(text, position);
        size_t end = position;
        for (size_t next = position; c == U'@' && next < text.size() && in_address(text::unicode::next(text, next));)
            end = next;
        if (c == U'@' && end > position && word < out.size()) {
            out.replace(word, std::string::npos, "<e-mail>");
            position = end;
            continue;
        }
        out += text.substr(begin, position - begin);
        if (!in_address(c)) word = out.size();
    }
    return out;
}

}  // namespace

Redactor::Redactor(const Secrets& secrets)
    : paths_(with_home(secrets.folders, secrets.user.home)),
      people_(secrets.people, "<person>"),
      users_(secrets.user.users, "<user>"),
      hosts_(secrets.user.hosts, "<host>") {}

std::string Redactor::redacted(std::string_view text) const {
    // Paths and addresses first: once the names in them are replaced they would no longer be recognised.
    const auto paths = paths_.shortened(text);
    return hosts_.replaced(users_.replaced(people_.replaced(without_addresses(paths))));
}

json Redactor::redacted_json(const json& value) const {
    if (value.is_string()) return redacted(value.get_ref<const std::string&>());
    if (!value.is_structured()) return value;
    json out = value.is_array() ? json::array() : json::object();
    for (const auto& [key, item] : value.items()) {
        if (value.is_array())
            out.push_back(redacted_json(item));
        else
            out[redacted(key)] = redacted_json(item);
    }
    return out;
}

}  // namespace rest::bundle
