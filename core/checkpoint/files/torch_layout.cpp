// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/torch_layout.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "core/base/error.h"
#include "core/checkpoint/files/damaged.h"
#include "core/checkpoint/files/zip_archive.h"

namespace rest::checkpoint {
namespace {

namespace fs = std::filesystem;
using Kind = PickleNode::Kind;

constexpr uint64_t kPickleLimit = uint64_t{64} << 20;

/// The folder inside the archive: "archive/" of "archive/data.pkl".
std::string archive_prefix(const ZipArchive& zip) {
    for (const auto& [name, entry] : zip.entries()) {
        if (name == "data.pkl") return "";
        if (name.ends_with("/data.pkl")) return name.substr(0, name.size() - 8);
    }
    throw Error(ErrorCode::unsupported, zip.path().string() + " is a zip archive but not one of torch.save's",
                "Give a PyTorch file, or unpack the archive first.");
}

TorchLayout read_archive(const fs::path& path) {
    ZipArchive zip(path);
    const std::string prefix = archive_prefix(zip);
    const bool torchscript = zip.entries().contains(prefix + "constants.pkl");
    if (zip.entries().contains(prefix + "byteorder") && zip.read(prefix + "byteorder", 16) != "little") {
        throw Error(ErrorCode::unsupported, path.string() + " was written by a big-endian machine");
    }
    const std::string bytes = zip.read(prefix + "data.pkl", kPickleLimit);
    PickleReader pickle(bytes, path.string(), torchscript);
    const uint32_t root = pickle.read();
    TorchLayout layout{read_state_dict(pickle, root, zip.file_size(), path.string()), {}};
    for (const auto& [key, info] : layout.dict.storages) {
        const std::string name = prefix + "data/" + key;
        const auto entry = zip.entries().find(name);
        if (entry == zip.entries().end() || entry->second.size < info.bytes()) {
            damaged(path, "storage " + key + " is missing or cut short");
        }
        layout.places[key] = zip.offset_of(name);
    }
    return layout;
}

std::map<std::string, StorageInfo> all_storages(const PickleReader& pickle, const std::string& file) {
    std::map<std::string, StorageInfo> infos;
    for (const auto& node : pickle.nodes()) {
        if (node.kind != Kind::storage) continue;
        const auto info = storage_info(pickle, node, file);
        const auto [place, fresh] = infos.emplace(info.key, info);
        if (!fresh && place->second != info) {
            damaged(file, "storage " + info.key + " is described twice and differently");
        }
    }
    return infos;
}

/// Offset of each storage's data in a file of the old format, where the data follow the pickles from `at` on.
std::map<std::string, uint64_t> storage_places(std::ifstream& in, const PickleReader& pickle, uint32_t keys,
                                               uint64_t file_size, const fs::path& path) {
    const auto infos = all_storages(pickle, path.string());
    std::map<std::string, uint64_t> places;
    uint64_t at = pickle.position();
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
        places[info->first] = at;
        at += bytes;
    }
    return places;
}

/// PyTorch before 1.6: five pickles (magic number, version, system, the object, the storages' keys), then the data.
TorchLayout read_stream(const fs::path& path, std::ifstream& in, uint64_t file_size) {
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
    TorchLayout layout{read_state_dict(pickle, root, file_size, path.string()),
                       storage_places(in, pickle, keys, file_size, path)};
    for (const auto& [key, info] : layout.dict.storages) {
        if (!layout.places.contains(key)) damaged(path, "storage " + key + " is missing");
    }
    return layout;
}

}  // namespace

TorchLayout read_torch_layout(const fs::path& path) {
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

}  // namespace rest::checkpoint
