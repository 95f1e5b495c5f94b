// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torch_pickle.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <optional>

#include "core/base/error.h"
#include "core/model/pickle.h"
#include "core/model/zip_archive.h"

namespace rest {
namespace {

namespace fs = std::filesystem;
using Kind = PickleNode::Kind;

constexpr uint64_t kPickleLimit = uint64_t{64} << 20;

[[noreturn]] void damaged(const fs::path& path, const std::string& what) {
    throw Error(ErrorCode::damaged, path.string() + " is damaged: " + what, "Copy or download the file again.");
}

std::optional<torch::ScalarType> storage_type(const std::string& global) {
    constexpr std::array<std::pair<const char*, torch::ScalarType>, 10> kTypes{
        {{"torch FloatStorage", torch::kFloat32},
         {"torch HalfStorage", torch::kFloat16},
         {"torch BFloat16Storage", torch::kBFloat16},
         {"torch DoubleStorage", torch::kFloat64},
         {"torch LongStorage", torch::kInt64},
         {"torch IntStorage", torch::kInt32},
         {"torch ShortStorage", torch::kInt16},
         {"torch CharStorage", torch::kInt8},
         {"torch ByteStorage", torch::kUInt8},
         {"torch BoolStorage", torch::kBool}}};
    for (const auto& [name, type] : kTypes) {
        if (global == name) return type;
    }
    return std::nullopt;
}

/// How a pickle describes a run of numbers that lies elsewhere in the file.
struct StorageInfo {
    torch::ScalarType type = torch::kFloat32;
    std::string key;
    uint64_t elements = 0;

    uint64_t bytes() const { return elements * torch::elementSize(type); }
};

StorageInfo storage_info(const PickleReader& pickle, const PickleNode& node, const fs::path& path) {
    constexpr size_t kNeeded = 5;
    const auto field = [&](size_t i) -> const PickleNode& { return pickle.node(node.items[i]); };
    const bool right = node.kind == Kind::storage && node.items.size() >= kNeeded && field(0).text == "storage" &&
                       field(1).kind == Kind::global && field(2).kind == Kind::text && field(4).kind == Kind::integer;
    if (!right) damaged(path, "a storage is not described as torch.save does");
    if (node.items.size() > kNeeded && field(kNeeded).kind != Kind::none) {
        throw Error(ErrorCode::unsupported, path.string() + " holds views of storages, as PyTorch before 0.4 wrote",
                    "Load and save it with a newer PyTorch.");
    }
    const auto type = storage_type(field(1).text);
    if (!type) {
        throw Error(ErrorCode::unsupported,
                    path.string() + " holds a " + field(1).text + ", whose numbers are not supported");
    }
    constexpr int64_t kMost = int64_t{1} << 48;
    const int64_t elements = field(4).integer;
    if (elements < 0 || elements > kMost) {
        damaged(path, "storage " + field(2).text + " would have " + std::to_string(elements) + " elements");
    }
    return {*type, field(2).text, static_cast<uint64_t>(elements)};
}

/// Turns a pickle's values into tensors; `load` brings a storage's numbers as a flat tensor.
class TensorCollector {
 public:
    using Load = std::function<torch::Tensor(const StorageInfo&)>;

    TensorCollector(const PickleReader& pickle, const fs::path& path, uint64_t file_size, Load load)
        : pickle_(pickle), path_(path), budget_(file_size), load_(std::move(load)) {}

    Weights collect(uint32_t root) {
        if (pickle_.node(root).kind != Kind::dict) {
            throw Error(ErrorCode::unsupported, path_.string() + " holds no dictionary of tensors",
                        "Save the model's state_dict() with torch.save.");
        }
        visit(root, "", 0);
        return std::move(weights_);
    }

 private:
    /// Limits keep a small hostile pickle from unfolding into an endless tree.
    void visit(uint32_t index, const std::string& name, int depth) {
        constexpr int kDeepest = 16;
        constexpr int64_t kMostVisits = 2'000'000;
        constexpr size_t kLongestKey = 300;
        const auto& node = pickle_.node(index);
        visits_ += 1 + static_cast<int64_t>(node.items.size());
        if (depth > kDeepest || visits_ > kMostVisits) damaged(path_, "its dictionaries never end");
        if (node.kind == Kind::tensor) {
            weights_[name] = tensor(node, name);
        } else if (node.kind == Kind::dict) {
            for (size_t i = 0; i + 1 < node.items.size(); i += 2) {
                const auto& key = pickle_.node(node.items[i]);
                const bool number = key.kind == Kind::integer;
                if (!number && key.kind != Kind::text) continue;
                const std::string text = number ? std::to_string(key.integer) : key.text;
                if (text.size() > kLongestKey) damaged(path_, "a name has " + std::to_string(text.size()) + " letters");
                visit(node.items[i + 1], name.empty() ? text : name + "." + text, depth + 1);
            }
        }
    }

    std::vector<int64_t> sizes(const PickleNode& list, const std::string& name) const {
        constexpr size_t kMostDimensions = 16;
        std::vector<int64_t> values;
        if (list.kind != Kind::list || list.items.size() > kMostDimensions) {
            damaged(path_, "tensor " + name + " has no proper shape");
        }
        for (const uint32_t item : list.items) {
            const auto& value = pickle_.node(item);
            if (value.kind != Kind::integer || value.integer < 0) {
                damaged(path_, "tensor " + name + " has no proper shape");
            }
            values.push_back(value.integer);
        }
        return values;
    }

    torch::Tensor tensor(const PickleNode& node, const std::string& name) {
        const auto& storage_node = pickle_.node(node.items[0]);
        const auto& offset = pickle_.node(node.items[1]);
        const auto shape = sizes(pickle_.node(node.items[2]), name);
        const auto strides = sizes(pickle_.node(node.items[3]), name);
        const StorageInfo info = storage_info(pickle_, storage_node, path_);
        if (offset.kind != Kind::integer || shape.size() != strides.size() ||
            !fits(shape, strides, offset.integer, info.elements)) {
            damaged(path_, "tensor " + name + " passes the end of its storage");
        }
        return storage(info).as_strided(shape, strides, offset.integer);
    }

    /// Whether every element lies within the storage, and there are no more of them than it has.
    static bool fits(const std::vector<int64_t>& shape, const std::vector<int64_t>& strides, int64_t offset,
                     uint64_t elements) {
        constexpr uint64_t kMost = uint64_t{1} << 48;
        if (offset < 0 || static_cast<uint64_t>(offset) > elements) return false;
        const bool empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
        uint64_t count = 1, last = static_cast<uint64_t>(offset);
        for (size_t i = 0; i < shape.size(); ++i) {
            const auto size = static_cast<uint64_t>(std::max<int64_t>(shape[i], 1));
            const auto stride = static_cast<uint64_t>(strides[i]);
            if (count > kMost / size || (size > 1 && stride > kMost / (size - 1))) return false;
            count *= size;
            last += (size - 1) * stride;
        }
        return empty || (last < elements && count <= elements);
    }

    const torch::Tensor& storage(const StorageInfo& info) {
        auto& found = storages_[info.key];
        if (found.defined()) {
            if (found.scalar_type() != info.type || static_cast<uint64_t>(found.numel()) != info.elements) {
                damaged(path_, "storage " + info.key + " is described twice and differently");
            }
            return found;
        }
        if (info.bytes() > budget_) {
            damaged(path_, "storage " + info.key + " needs " + std::to_string(info.bytes()) +
                               " bytes, more than the file has");
        }
        budget_ -= info.bytes();
        return found = load_(info);
    }

    const PickleReader& pickle_;
    const fs::path& path_;
    uint64_t budget_;  // bytes that storages may still take: no file holds more than its size
    Load load_;
    Weights weights_;
    std::map<std::string, torch::Tensor> storages_;
    int64_t visits_ = 0;
};

/// The folder inside the archive: "archive/" of "archive/data.pkl".
std::string archive_prefix(const ZipArchive& zip) {
    for (const auto& [name, entry] : zip.entries()) {
        if (name == "data.pkl") return "";
        if (name.ends_with("/data.pkl")) return name.substr(0, name.size() - 8);
    }
    throw Error(ErrorCode::unsupported, zip.path().string() + " is a zip archive but not one of torch.save's",
                "Give a PyTorch file, or unpack the archive first.");
}

Weights read_archive(const fs::path& path) {
    ZipArchive zip(path);
    const std::string prefix = archive_prefix(zip);
    const bool torchscript = zip.entries().contains(prefix + "constants.pkl");
    if (zip.entries().contains(prefix + "byteorder") && zip.read(prefix + "byteorder", 16) != "little") {
        throw Error(ErrorCode::unsupported, path.string() + " was written by a big-endian machine");
    }
    const std::string bytes = zip.read(prefix + "data.pkl", kPickleLimit);
    PickleReader pickle(bytes, path.string(), torchscript);
    const uint32_t root = pickle.read();
    TensorCollector collector(pickle, path, zip.file_size(), [&](const StorageInfo& info) {
        const std::string name = prefix + "data/" + info.key;
        const auto entry = zip.entries().find(name);
        if (entry == zip.entries().end() || entry->second.size < info.bytes()) {
            damaged(path, "storage " + info.key + " is missing or cut short");
        }
        auto flat = torch::empty({static_cast<int64_t>(info.elements)}, info.type);
        zip.read_into(name, static_cast<char*>(flat.data_ptr()), info.bytes());
        return flat;
    });
    return collector.collect(root);
}

/// Where each storage's numbers lie in a file of the old format.
std::map<std::string, std::pair<uint64_t, uint64_t>> storage_table(std::ifstream& in, const PickleReader& pickle,
                                                                   uint32_t keys, uint64_t at, uint64_t file_size,
                                                                   const std::map<std::string, StorageInfo>& infos,
                                                                   const fs::path& path) {
    std::map<std::string, std::pair<uint64_t, uint64_t>> table;
    for (const uint32_t index : pickle.node(keys).items) {
        const auto info = infos.find(pickle.node(index).text);
        if (info == infos.end()) damaged(path, "its list of storages names one that nothing uses");
        std::array<unsigned char, 8> raw{};
        if (file_size < raw.size() || at > file_size - raw.size()) damaged(path, "its numbers are cut short");
        in.seekg(static_cast<std::streamoff>(at));
        in.read(reinterpret_cast<char*>(raw.data()), raw.size());
        uint64_t elements = 0;
        for (size_t i = raw.size(); i-- > 0;) elements = elements << 8 | raw[i];
        at += raw.size();
        const uint64_t bytes = info->second.bytes();
        if (!in || elements != info->second.elements || bytes > file_size - at) {
            damaged(path, "storage " + info->first + " is cut short or of another size than described");
        }
        table[info->first] = {at, bytes};
        at += bytes;
    }
    return table;
}

std::map<std::string, StorageInfo> all_storages(const PickleReader& pickle, const fs::path& path) {
    std::map<std::string, StorageInfo> infos;
    for (const auto& node : pickle.nodes()) {
        if (node.kind != Kind::storage) continue;
        const auto info = storage_info(pickle, node, path);
        infos[info.key] = info;
    }
    return infos;
}

/// PyTorch before 1.6: five pickles (magic number, version, system, the object, the storages' keys), then the numbers.
Weights read_stream(const fs::path& path, std::ifstream& in, uint64_t file_size) {
    static const std::string kMagic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
    std::string head(std::min(file_size, kPickleLimit), '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (!in) throw Error(ErrorCode::io, "Cannot read " + path.string());
    PickleReader pickle(head, path.string(), /*torchscript=*/false);
    if (pickle.node(pickle.read()).text != kMagic) {
        throw Error(ErrorCode::unsupported, path.string() + " is a pickle but not one of torch.save's",
                    "Save the model's state_dict() with torch.save.");
    }
    pickle.read();  // protocol version
    pickle.read();  // about the machine that wrote it
    const uint32_t root = pickle.read();
    const uint32_t keys = pickle.read();
    const auto infos = all_storages(pickle, path);
    const auto table = storage_table(in, pickle, keys, pickle.position(), file_size, infos, path);
    TensorCollector collector(pickle, path, file_size, [&](const StorageInfo& info) {
        const auto place = table.find(info.key);
        if (place == table.end()) damaged(path, "storage " + info.key + " is missing");
        auto flat = torch::empty({static_cast<int64_t>(info.elements)}, info.type);
        in.seekg(static_cast<std::streamoff>(place->second.first));
        in.read(static_cast<char*>(flat.data_ptr()), static_cast<std::streamsize>(place->second.second));
        if (!in) throw Error(ErrorCode::io, "Cannot read " + path.string());
        return flat;
    });
    return collector.collect(root);
}

}  // namespace

Weights read_torch_file(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw Error(ErrorCode::not_found, "There is no file " + path.string(), "Check the path.");
    }
    const auto file_size = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) throw Error(ErrorCode::io, "Cannot read " + path.string(), "Check that you may read it.");
    const int first = in.peek();
    if (first == std::char_traits<char>::eof()) damaged(path, "it is empty");
    if (first == 'P') return read_archive(path);
    if (first == 0x80) return read_stream(path, in, file_size);
    throw Error(ErrorCode::unsupported, path.string() + " is no file of torch.save's",
                "Give a .bin, .pth or .pt file that PyTorch wrote.");
}

}  // namespace rest
