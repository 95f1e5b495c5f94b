// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/places.h"

namespace rest::test {

inline void put_big_endian(std::string& out, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

/// A rollback journal of a database of so many pages of 4096 bytes. It changes nothing, but names `super` as its
/// super-journal: SQLite deletes that file after rolling back, wherever it is.
inline std::string journal_naming(const std::string& super, uint32_t pages = 2) {
    const std::string magic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
    constexpr uint32_t kSector = 512, kPage = 4096, kLockPage = 1 + (1 << 30) / kPage;
    std::string journal = magic;
    for (const uint32_t value : {uint32_t{0}, uint32_t{0}, pages, kSector, kPage}) put_big_endian(journal, value);
    journal.resize(kSector, '\0');
    put_big_endian(journal, kLockPage);  // in place of a page number: a file name follows
    journal += super;
    put_big_endian(journal, static_cast<uint32_t>(super.size()));
    uint32_t checksum = 0;
    for (const char c : super) checksum += static_cast<uint32_t>(static_cast<int>(c));
    put_big_endian(journal, checksum);
    return journal + magic;
}

/// A file of the fuzz corpus: a schema with cyclic page references, so that it seems to contain 50^16
/// rows. Without a limit SQLite reads it for years. `target` is "project" or "study".
inline std::string endless_database(const std::string& target) {
    return (source_dir() / "tests/fuzz/corpus" / target / "bad_pages_in_circles").string();
}

}  // namespace rest::test
