// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/checkpoint/files/number_type.h"
#include "core/checkpoint/files/pickle.h"

namespace rest::checkpoint {

/// How a pickle describes a block of data stored elsewhere in the file.
struct StorageInfo {
    std::string key;
    std::optional<NumberType> type;  // empty for dtypes that we do not read: quantised, complex
    uint64_t elements = 0;           // below 2^48
    uint64_t element_bytes = 4;

    uint64_t bytes() const { return elements * element_bytes; }
    bool operator==(const StorageInfo&) const = default;
};

/// A tensor as a pickle describes it: a view of a storage. Every element lies within it, and the tensor has no more
/// elements than the storage.
struct TensorInfo {
    std::string storage;  // key
    std::vector<int64_t> shape;
    std::vector<int64_t> strides;  // in elements, as many as dimensions
    int64_t offset = 0;            // in elements
};

struct StateDict {
    std::map<std::string, TensorInfo> tensors;    // by name, nested dictionaries joined with dots
    std::map<std::string, StorageInfo> storages;  // by key, those that tensors use
    /// By name: values that only the class or function of this name could create, tensors of unsupported dtypes among
    /// them.
    std::map<std::string, std::string> opaque;
};

/// The storage that a node of the kind `storage` describes. Throws Error (damaged, unsupported) naming `file`.
StorageInfo storage_info(const PickleReader& pickle, const PickleNode& node, const std::string& file);

/// The tensors of `root`: a dictionary, a list, or a pickled module or other object, whose attributes and parameters
/// have names as in its state dict. Numbers and texts are dropped. `file_size` bounds what all storages take together.
/// Throws Error (damaged, unsupported) naming `file`.
StateDict read_state_dict(const PickleReader& pickle, uint32_t root, uint64_t file_size, const std::string& file);

}  // namespace rest::checkpoint
