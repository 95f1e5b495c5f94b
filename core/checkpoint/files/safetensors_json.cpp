// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/safetensors_json.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr size_t kDimensionLimit = 16;
constexpr size_t kOffsets = 2;

/// Follows the parser through {"name": {"dtype": text, "shape": [...], "data_offsets": [...]}, ...}.
class HeaderHandler : public nlohmann::json_sax<json> {
  public:
    explicit HeaderHandler(const fs::path& path) : path_(path) {}

    std::vector<SafetensorsEntry> take() { return std::move(entries_); }

    bool null() override { return other_value(); }
    bool boolean(bool) override { return other_value(); }
    bool number_integer(number_integer_t) override { return other_value(); }
    bool number_float(number_float_t, const string_t&) override { return other_value(); }
    bool binary(binary_t&) override { return other_value(); }

    bool number_unsigned(number_unsigned_t value) override {
        if (place_ != Place::array) return other_value();
        if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) bad_number();
        if (field_ == Field::shape) {
            add_size(static_cast<int64_t>(value));
        } else {
            add_offset(value);
        }
        return true;
    }

    bool string(string_t& value) override {
        if (place_ != Place::entry || field_ != Field::dtype) return other_value();
        const auto type = number_type_of_safetensors(value);
        if (!type) {
            throw Error(ErrorCode::unsupported,
                        path_.string() + ": tensor \"" + entry().name + "\" has the type " + value.substr(0, 80) +
                            ", which is not supported",
                        "Convert the file to float32, float16 or bfloat16.");
        }
        entry().type = *type;
        return true;
    }

    bool key(string_t& name) override {
        if (skipped_ > 0) return true;
        if (place_ == Place::header) {
            begin_entry(name);
        } else {
            begin_field(name);
        }
        return true;
    }

    bool start_object(size_t) override {
        if (skips()) return ++skipped_ > 0;
        if (place_ == Place::outside) {
            place_ = Place::header;
        } else if (place_ == Place::header) {
            place_ = Place::entry;
        } else {
            return other_value();
        }
        return true;
    }

    bool end_object() override {
        if (skipped_ > 0) return --skipped_ >= 0;
        if (place_ == Place::entry) end_entry();
        place_ = place_ == Place::entry ? Place::header : Place::outside;
        return true;
    }

    bool start_array(size_t) override {
        if (skips()) return ++skipped_ > 0;
        if (place_ != Place::entry || field_ == Field::dtype) return other_value();
        place_ = Place::array;
        return true;
    }

    bool end_array() override {
        if (skipped_ > 0) return --skipped_ >= 0;
        place_ = Place::entry;
        return true;
    }

    bool parse_error(size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  private:
    enum class Place { outside, header, entry, array };
    enum class Field { dtype = 1, shape = 2, offsets = 4, unknown = 8 };

    SafetensorsEntry& entry() { return entries_.back(); }

    [[noreturn]] void damaged(const std::string& what) const {
        throw Error(ErrorCode::damaged, path_.string() + " is damaged: " + what, "Copy or download the file again.");
    }
    [[noreturn]] void damaged_tensor(const std::string& what) { damaged("tensor \"" + entry().name + "\" " + what); }
    [[noreturn]] void bad_number() {
        damaged_tensor(std::string("has a bad number in \"") + (field_ == Field::shape ? "shape" : "data_offsets") +
                       "\"");
    }

    /// Whether the value that begins now is ignored: the metadata, or an unknown field.
    bool skips() const {
        return skipped_ > 0 || (place_ == Place::header && metadata_) ||
               (place_ == Place::entry && field_ == Field::unknown);
    }

    bool other_value() {
        if (skips()) return true;
        if (place_ == Place::outside) damaged("its header is not a JSON object");
        if (place_ == Place::header) damaged_tensor("has no dtype, shape or data_offsets");
        if (place_ == Place::array) bad_number();
        damaged_tensor("has a dtype, shape or data_offsets of the wrong form");
    }

    void begin_entry(const std::string& name) {
        metadata_ = name == "__metadata__";
        if (metadata_) {
            if (metadata_seen_) damaged("its metadata are there twice");
            metadata_seen_ = true;
            return;
        }
        entries_.push_back({.name = name});
        found_ = 0;
        offsets_ = 0;
    }

    void begin_field(const std::string& name) {
        field_ = name == "dtype"          ? Field::dtype
                 : name == "shape"        ? Field::shape
                 : name == "data_offsets" ? Field::offsets
                                          : Field::unknown;
        const int bit = static_cast<int>(field_);
        if (field_ != Field::unknown && (found_ & bit) != 0) damaged_tensor("has its " + name + " twice");
        found_ |= bit;
    }

    void add_size(int64_t size) {
        if (entry().shape.size() == kDimensionLimit) {
            damaged_tensor("has more than " + std::to_string(kDimensionLimit) + " dimensions");
        }
        entry().shape.push_back(size);
    }

    void add_offset(uint64_t value) {
        if (offsets_ == kOffsets) damaged_tensor("has a dtype, shape or data_offsets of the wrong form");
        (offsets_++ == 0 ? entry().begin : entry().end) = value;
    }

    void end_entry() {
        constexpr int kAll =
            static_cast<int>(Field::dtype) | static_cast<int>(Field::shape) | static_cast<int>(Field::offsets);
        if ((found_ & kAll) != kAll) damaged_tensor("has no dtype, shape or data_offsets");
        if (offsets_ != kOffsets) damaged_tensor("has a dtype, shape or data_offsets of the wrong form");
    }

    const fs::path& path_;
    std::vector<SafetensorsEntry> entries_;
    Place place_ = Place::outside;
    Field field_ = Field::unknown;
    bool metadata_ = false;  // the key just read was "__metadata__"
    bool metadata_seen_ = false;
    int64_t skipped_ = 0;  // nesting depth inside an ignored value
    int found_ = 0;        // fields seen of the current entry
    size_t offsets_ = 0;   // offsets read of the current entry
};

}  // namespace

std::vector<SafetensorsEntry> parse_safetensors_json(std::string_view text, const fs::path& path) {
    HeaderHandler handler(path);
    if (!json::sax_parse(text, &handler)) {
        throw Error(ErrorCode::damaged, path.string() + " is damaged: its header is not JSON",
                    "Copy or download the file again.");
    }
    return handler.take();
}

}  // namespace rest::checkpoint
