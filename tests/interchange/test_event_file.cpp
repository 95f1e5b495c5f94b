// SPDX-License-Identifier: GPL-3.0-or-later
// TensorBoard's files, taken apart by a reader of our own.
#include <QtTest/QtTest>
#include <bit>

#include "core/interchange/event_file.h"
#include "tests/support/test_program.h"

using namespace rest::interchange;

namespace {

uint64_t little_endian(std::string_view bytes, size_t size) {
    uint64_t value = 0;
    for (size_t i = 0; i < size; ++i) value |= static_cast<uint64_t>(static_cast<uint8_t>(bytes[i])) << (8 * i);
    return value;
}

/// What masking a CRC undone gives.
uint32_t unmasked(uint64_t masked) {
    return std::rotl(static_cast<uint32_t>(masked) - 0xA282EAD8U, 15);
}

/// The records of a file; throws where a length or checksum is wrong.
std::vector<std::string> records_of(std::string_view bytes) {
    std::vector<std::string> records;
    while (!bytes.empty()) {
        if (bytes.size() < 16) throw std::runtime_error("cut short");
        const auto size = little_endian(bytes, 8);
        if (unmasked(little_endian(bytes.substr(8), 4)) != crc32c(bytes.substr(0, 8)))
            throw std::runtime_error("checksum of a length");
        const auto record = bytes.substr(12, size);
        if (unmasked(little_endian(bytes.substr(12 + size), 4)) != crc32c(record))
            throw std::runtime_error("checksum of a record");
        records.emplace_back(record);
        bytes.remove_prefix(16 + size);
    }
    return records;
}

}  // namespace

class TestEventFile : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void checksumsAreCastagnolis() {
        QCOMPARE(crc32c("123456789"), 0xE3069283U);            // the check value of CRC-32C
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720, B.4
        QCOMPARE(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
        QCOMPARE(crc32c(""), 0U);
    }

    void aScalarIsOneRecord() {
        EventFile events(1.5);
        events.add_scalar("train/loss", 300, 0.25);
        const auto records = records_of(events.bytes());
        QCOMPARE(records.size(), size_t{2});
        // Event: 1 wall_time, 3 file_version
        QCOMPARE(records[0], std::string("\x09\0\0\0\0\0\0\xF8\x3F\x1A\x0D"
                                         "brain.Event:2",
                                         24));
        // Event: 1 wall_time, 2 step = 300, 5 summary { 1 value { 1 tag, 2 simple_value } }
        QCOMPARE(records[1], std::string("\x09\0\0\0\0\0\0\xF8\x3F\x10\xAC\x02\x2A\x13\x0A\x11\x0A\x0A"
                                         "train/loss\x15\0\0\x80\x3E",
                                         33));
    }

    void aTextIsATensorOfStrings() {
        EventFile events(0);
        events.add_text("settings", "| a |");
        const auto records = records_of(events.bytes());
        QCOMPARE(records.size(), size_t{2});
        QVERIFY(records[1].find("| a |") != std::string::npos);
        QVERIFY(records[1].find("\x0A\x04text") != std::string::npos);  // SummaryMetadata.plugin_data.plugin_name
    }
};

REST_TEST(TestEventFile)
#include "test_event_file.moc"
