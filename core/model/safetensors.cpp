// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/safetensors.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace rest {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr uint64_t kHeaderLimit = 100'000'000;
constexpr size_t kDimensionLimit = 16;

const std::array<std::pair<const char*, torch::ScalarType>, 10> kTypes{{{"F64", torch::kFloat64},
                                                                        {"F32", torch::kFloat32},
                                                                        {"F16", torch::kFloat16},
                                                                        {"BF16", torch::kBFloat16},
                                                                        {"I64", torch::kInt64},
                                                                        {"I32", torch::kInt32},
                                                                        {"I16", torch::kInt16},
                                                                        {"I8", torch::kInt8},
                                                                        {"U8", torch::kUInt8},
                                                                        {"BOOL", torch::kBool}}};

std::optional<torch::ScalarType> type_named(const std::string& name) {
    for (const auto& [known, type] : kTypes) {
        if (name == known) return type;
    }
    return std::nullopt;
}

struct Entry {
    std::string name;
    torch::ScalarType type;
    std::vector<int64_t> shape;
    uint64_t begin, end;  // bytes, counted from the end of the header
};

[[noreturn]] void damaged(const fs::path& path, const std::string& what) {
    throw Error(ErrorCode::damaged, path.string() + " is damaged: " + what, "Copy or download the file again.");
}

[[noreturn]] void damaged(const fs::path& path, const std::string& tensor, const std::string& what) {
    damaged(path, "tensor \"" + tensor + "\" " + what);
}

/// Elements of that shape, nothing when a product overflows. Zeros are left out of the check, since Torch multiplies
/// the other sizes into strides.
std::optional<uint64_t> count_elements(const std::vector<int64_t>& shape) {
    uint64_t product = 1;
    bool empty = false;
    for (const int64_t size : shape) {
        empty = empty || size == 0;
        const auto factor = static_cast<uint64_t>(std::max<int64_t>(size, 1));
        if (product > (uint64_t{1} << 60) / factor) return std::nullopt;
        product *= factor;
    }
    return empty ? 0 : product;
}

uint64_t natural(const json& value, const fs::path& path, const std::string& tensor, const char* field) {
    constexpr uint64_t kMost = std::numeric_limits<int64_t>::max();
    if (!value.is_number_unsigned() || value.get<uint64_t>() > kMost) {
        damaged(path, tensor, std::string("has a bad number in \"") + field + "\"");
    }
    return value.get<uint64_t>();
}

Entry parse_entry(const std::string& name, const json& value, const fs::path& path) {
    if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") || !value.contains("data_offsets")) {
        damaged(path, name, "has no dtype, shape or data_offsets");
    }
    const auto &dtype = value["dtype"], &shape = value["shape"], &offsets = value["data_offsets"];
    if (!dtype.is_string() || !shape.is_array() || !offsets.is_array() || offsets.size() != 2) {
        damaged(path, name, "has a dtype, shape or data_offsets of the wrong form");
    }
    const auto type = type_named(dtype.get<std::string>());
    if (!type) {
        throw Error(ErrorCode::unsupported,
                    path.string() + ": tensor \"" + name + "\" has the type " + dtype.get<std::string>() +
                        ", which is not supported",
                    "Convert the file to float32, float16 or bfloat16.");
    }
    Entry entry{name, *type, {}, 0, 0};
    if (shape.size() > kDimensionLimit) damaged(path, name, "has " + std::to_string(shape.size()) + " dimensions");
    for (const auto& size : shape) entry.shape.push_back(static_cast<int64_t>(natural(size, path, name, "shape")));
    entry.begin = natural(offsets[0], path, name, "data_offsets");
    entry.end = natural(offsets[1], path, name, "data_offsets");
    const auto elements = count_elements(entry.shape);
    if (!elements) damaged(path, name, "has a shape whose product overflows");
    const uint64_t bytes = *elements * torch::elementSize(*type);
    if (entry.end < entry.begin || entry.end - entry.begin != bytes) {
        damaged(path, name,
                "needs " + std::to_string(bytes) + " bytes and its offsets are [" + std::to_string(entry.begin) + ", " +
                    std::to_string(entry.end) + "]");
    }
    return entry;
}

json parse_header(const std::string& text, const fs::path& path) {
    std::set<std::string> names;
    std::string twice;
    const auto watch = [&](int depth, json::parse_event_t event, json& parsed) {
        if (depth == 1 && event == json::parse_event_t::key && !names.insert(parsed.get<std::string>()).second) {
            twice = parsed.get<std::string>();
        }
        return true;
    };
    json header;
    try {
        header = json::parse(text, watch);
    } catch (const json::exception&) {
        damaged(path, "its header is not JSON");
    }
    if (!header.is_object()) damaged(path, "its header is not a JSON object");
    if (!twice.empty()) damaged(path, twice, "is there twice");
    return header;
}

/// Offsets must tile the data exactly: no overlap, no gap, nothing behind the last.
void check_tiling(std::vector<Entry>& entries, uint64_t bytes, const fs::path& path) {
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    uint64_t at = 0;
    for (const auto& entry : entries) {
        if (entry.end > bytes) {
            damaged(path, entry.name,
                    "ends at byte " + std::to_string(entry.end) + " of " + std::to_string(bytes) +
                        ": the file is cut short");
        }
        if (entry.begin < at) damaged(path, entry.name, "overlaps the tensor before it");
        if (entry.begin > at) damaged(path, entry.name, "leaves a gap before it");
        at = entry.end;
    }
    if (at != bytes) damaged(path, std::to_string(bytes - at) + " bytes follow the last tensor");
}

uint64_t read_header_size(std::ifstream& in, uint64_t file_size, const fs::path& path) {
    if (file_size < 8) damaged(path, "it has " + std::to_string(file_size) + " bytes, fewer than any safetensors file");
    std::array<unsigned char, 8> raw{};
    in.read(reinterpret_cast<char*>(raw.data()), raw.size());
    uint64_t size = 0;
    for (size_t i = raw.size(); i-- > 0;) size = size << 8 | raw[i];
    if (size > kHeaderLimit) {
        damaged(path, "its header would have " + std::to_string(size) + " bytes, more than the 100 MB allowed");
    }
    if (size > file_size - 8) damaged(path, "its header is cut short");
    return size;
}

}  // namespace

Weights read_safetensors(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw Error(ErrorCode::not_found, "There is no file " + path.string(), "Check the path.");
    }
    const auto file_size = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) throw Error(ErrorCode::io, "Cannot read " + path.string(), "Check that you may read it.");

    const uint64_t header_size = read_header_size(in, file_size, path);
    std::string text(header_size, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!in) throw Error(ErrorCode::io, "Cannot read the header of " + path.string());
    const json header = parse_header(text, path);

    std::vector<Entry> entries;
    for (const auto& [name, value] : header.items()) {
        if (name != "__metadata__") entries.push_back(parse_entry(name, value, path));
    }
    check_tiling(entries, file_size - 8 - header_size, path);

    Weights weights;
    for (const auto& entry : entries) {  // in file order: one sequential pass
        auto tensor = torch::empty(entry.shape, entry.type);
        in.read(static_cast<char*>(tensor.data_ptr()), static_cast<std::streamsize>(entry.end - entry.begin));
        if (!in) throw Error(ErrorCode::io, "Cannot read tensor \"" + entry.name + "\" of " + path.string());
        weights.emplace(entry.name, std::move(tensor));
    }
    return weights;
}

void write_safetensors(const fs::path& path, const Weights& weights,
                       const std::map<std::string, std::string>& metadata) {
    json header = json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    uint64_t at = 0;
    for (const auto& [name, tensor] : weights) {
        const auto type = std::find_if(kTypes.begin(), kTypes.end(),
                                       [&](const auto& known) { return known.second == tensor.scalar_type(); });
        if (type == kTypes.end() || name == "__metadata__") {
            throw Error(ErrorCode::invalid_argument, "Tensor \"" + name + "\" of type " +
                                                         torch::toString(tensor.scalar_type()) +
                                                         " cannot be written to " + path.string());
        }
        const uint64_t end = at + tensor.numel() * tensor.element_size();
        header[name] = {{"dtype", type->first}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');  // data aligned to 8 bytes, as other readers map it

    write_file_atomically(path, [&](std::ostream& out) {
        for (int byte = 0; byte < 8; ++byte) out.put(static_cast<char>(text.size() >> (8 * byte) & 0xff));
        out << text;
        for (const auto& [name, tensor] : weights) {
            const auto flat = tensor.detach().to(torch::kCPU).contiguous();
            out.write(static_cast<const char*>(flat.data_ptr()),
                      static_cast<std::streamsize>(flat.numel() * flat.element_size()));
        }
    });
}

}  // namespace rest
