// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/files/state_dict.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/checkpoint/files/damaged.h"

namespace rest::checkpoint {
namespace {

using Kind = PickleNode::Kind;

constexpr size_t kLongestKey = 300;
constexpr size_t kMostNameBytes = size_t{64} << 20;

/// Whether every element lies within the storage, and the tensor has no more elements than the storage.
bool fits(const TensorInfo& tensor, uint64_t elements) {
    constexpr uint64_t kMost = uint64_t{1} << 48;
    if (tensor.offset < 0 || static_cast<uint64_t>(tensor.offset) > elements) return false;
    const bool empty = std::find(tensor.shape.begin(), tensor.shape.end(), 0) != tensor.shape.end();
    uint64_t count = 1, last = static_cast<uint64_t>(tensor.offset);
    for (size_t i = 0; i < tensor.shape.size(); ++i) {
        const auto size = static_cast<uint64_t>(std::max<int64_t>(tensor.shape[i], 1));
        const auto stride = static_cast<uint64_t>(tensor.strides[i]);
        if (count > kMost / size || (size > 1 && stride > kMost / (size - 1))) return false;
        count *= size;
        last += (size - 1) * stride;
    }
    return empty || (last < elements && count <= elements);
}

class Collector {
  public:
    Collector(const PickleReader& pickle, uint64_t file_size, const std::string& file)
        : pickle_(pickle), file_(file), budget_(file_size) {}

    StateDict collect(uint32_t root) {
        const auto& node = pickle_.node(root);
        visit(root, "", 0);
        const bool holder = node.kind == Kind::dict || (node.kind == Kind::list && !found_.tensors.empty()) ||
                            (node.kind == Kind::opaque && !found_.tensors.empty());
        if (!holder) {
            throw Error(ErrorCode::unsupported,
                        file_ + " holds no dictionary of tensors" +
                            (node.text.empty() ? "" : " but what " + node.text.substr(0, kLongestKey) + " makes"),
                        "Nothing in it was run. Save the model's state_dict() with torch.save.");
        }
        return std::move(found_);
    }

  private:
    /// Limits keep a small malicious pickle from expanding to an endless tree.
    void visit(uint32_t index, const std::string& name, int depth) {
        constexpr int kDeepest = 64;
        constexpr int64_t kMostVisits = 2'000'000;
        const auto& node = pickle_.node(index);
        visits_ += 1 + static_cast<int64_t>(node.items.size());
        name_bytes_ += name.size();
        if (depth > kDeepest || visits_ > kMostVisits || name_bytes_ > kMostNameBytes) {
            damaged(file_, "its dictionaries never end");
        }
        switch (node.kind) {
            case Kind::tensor:
                return take_tensor(node, name);
            case Kind::dict:
                return visit_dict(node, name, depth, /*attributes=*/false);
            case Kind::list:
                for (size_t i = 0; i < node.items.size(); ++i) {
                    if (holds_tensors(node.items[i])) visit(node.items[i], joined(name, std::to_string(i)), depth + 1);
                }
                return;
            case Kind::opaque:
                return visit_object(index, name, depth);
            default:
                return;
        }
    }

    /// Object references may be cyclic; each object is visited once.
    void visit_object(uint32_t index, const std::string& name, int depth) {
        const auto& node = pickle_.node(index);
        found_.opaque.emplace(name, node.text);
        if (node.items.empty() || !objects_.insert(index).second) return;
        const auto& state = pickle_.node(node.items[0]);
        if (state.kind == Kind::dict) visit_dict(state, name, depth + 1, /*attributes=*/true);
    }

    /// `attributes`: of an object; a module keeps its tensors one level deeper than their names say.
    void visit_dict(const PickleNode& node, const std::string& name, int depth, bool attributes) {
        for (size_t i = 0; i + 1 < node.items.size(); i += 2) {
            const auto& key = pickle_.node(node.items[i]);
            const bool number = key.kind == Kind::integer;
            if (!number && key.kind != Kind::text) continue;
            const std::string text = number ? std::to_string(key.integer) : key.text;
            if (text.size() > kLongestKey) damaged(file_, "a name has " + std::to_string(text.size()) + " letters");
            const bool inner = attributes && (text == "_parameters" || text == "_buffers" || text == "_modules");
            visit(node.items[i + 1], inner ? name : joined(name, text), depth + 1);
        }
    }

    static std::string joined(const std::string& name, const std::string& part) {
        return name.empty() ? part : name + "." + part;
    }

    bool holds_tensors(uint32_t index) const {
        const auto kind = pickle_.node(index).kind;
        return kind == Kind::tensor || kind == Kind::dict || kind == Kind::list || kind == Kind::opaque;
    }

    std::vector<int64_t> sizes(const PickleNode& list, const std::string& name) const {
        constexpr size_t kMostDimensions = 16;
        std::vector<int64_t> values;
        if (list.kind != Kind::list || list.items.size() > kMostDimensions) {
            damaged(file_, "tensor " + name + " has no proper shape");
        }
        for (const uint32_t item : list.items) {
            const auto& value = pickle_.node(item);
            if (value.kind != Kind::integer || value.integer < 0) {
                damaged(file_, "tensor " + name + " has no proper shape");
            }
            values.push_back(value.integer);
        }
        return values;
    }

    void take_tensor(const PickleNode& node, const std::string& name) {
        const auto& storage = pickle_.node(node.items[0]);
        if (storage.kind == Kind::opaque) {
            found_.opaque.emplace(name, storage.text);
            return;
        }
        const auto& offset = pickle_.node(node.items[1]);
        const StorageInfo info = storage_info(pickle_, storage, file_);
        if (!info.type) {
            found_.opaque.emplace(name, pickle_.node(storage.items[1]).text);
            return;
        }
        TensorInfo tensor{.storage = info.key,
                          .shape = sizes(pickle_.node(node.items[2]), name),
                          .strides = sizes(pickle_.node(node.items[3]), name),
                          .offset = offset.integer};
        if (offset.kind != Kind::integer || tensor.shape.size() != tensor.strides.size() ||
            !fits(tensor, info.elements)) {
            damaged(file_, "tensor " + name + " passes the end of its storage");
        }
        note(info);
        found_.tensors[name] = std::move(tensor);
    }

    void note(const StorageInfo& info) {
        const auto [place, fresh] = found_.storages.emplace(info.key, info);
        if (!fresh) {
            if (place->second != info) damaged(file_, "storage " + info.key + " is described twice and differently");
            return;
        }
        if (info.bytes() > budget_) {
            damaged(file_, "storage " + info.key + " needs " + std::to_string(info.bytes()) +
                               " bytes, more than the file has");
        }
        budget_ -= info.bytes();
    }

    const PickleReader& pickle_;
    const std::string& file_;
    uint64_t budget_;  // that storages may still take: together they cannot exceed the file's size
    StateDict found_;
    std::unordered_set<uint32_t> objects_;  // visited
    int64_t visits_ = 0;
    size_t name_bytes_ = 0;
};

}  // namespace

StorageInfo storage_info(const PickleReader& pickle, const PickleNode& node, const std::string& file) {
    constexpr size_t kNeeded = 5;
    constexpr std::string_view kModule = "torch ";  // of every storage class except the untyped one
    const auto field = [&](size_t i) -> const PickleNode& { return pickle.node(node.items[i]); };
    const bool right = node.kind == Kind::storage && node.items.size() >= kNeeded && field(0).text == "storage" &&
                       field(1).kind == Kind::global && field(2).kind == Kind::text &&
                       field(2).text.size() <= kLongestKey && field(4).kind == Kind::integer;
    if (!right) damaged(file, "a storage is not described as torch.save does");
    if (node.items.size() > kNeeded && field(kNeeded).kind != Kind::none) {
        throw Error(ErrorCode::unsupported, file + " holds views of storages, as PyTorch before 0.4 wrote",
                    "Load and save it with a newer PyTorch.");
    }
    const std::string_view name = field(1).text;
    const auto kind = storage_kind(name.starts_with(kModule) ? name.substr(kModule.size()) : "");
    constexpr int64_t kMost = int64_t{1} << 48;
    const int64_t elements = field(4).integer;
    if (elements < 0 || elements > kMost) {
        damaged(file, "storage " + field(2).text + " would have " + std::to_string(elements) + " elements");
    }
    return {field(2).text, kind.type, static_cast<uint64_t>(elements), kind.bytes};
}

StateDict read_state_dict(const PickleReader& pickle, uint32_t root, uint64_t file_size, const std::string& file) {
    return Collector(pickle, file_size, file).collect(root);
}

}  // namespace rest::checkpoint
