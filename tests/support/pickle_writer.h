// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rest::test {

/// Writes a zip archive of stored entries; checksums are left 0.
struct ZipWriter {
    std::vector<std::pair<std::string, std::string>> entries;
    bool zip64 = false;   // sizes and offsets in the zip64 fields
    uint16_t method = 0;  // as stated in the directory; 8 is deflate
    std::string bytes() const;
};

/// A pickle, opcode by opcode. Unlike Python's it memoises nothing by itself.
class PickleWriter {
  public:
    PickleWriter& raw(const std::string& opcodes);
    PickleWriter& global(const std::string& module, const std::string& name);
    PickleWriter& text(const std::string& value);
    PickleWriter& integer(int64_t value);
    PickleWriter& integers(const std::vector<int64_t>& values);  // a tuple
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_;
};

/// A tensor to be saved; strides empty: contiguous. `elements` -1: as many as the data has.
struct SavedTensor {
    std::string name;
    std::vector<int64_t> shape;
    std::string data;  // the storage's bytes
    std::string type = "FloatStorage";
    std::vector<int64_t> strides = {};
    int64_t offset = 0;
    int64_t elements = -1;
};

/// The bytes of floats, for SavedTensor::data.
std::string float_bytes(const std::vector<float>& values);
/// A call of _rebuild_tensor_v2 on storage `key`. `legacy`: with the legacy stream's view metadata.
void write_tensor(PickleWriter& pickle, const SavedTensor& tensor, const std::string& key, bool legacy = false);
/// The pickle of an OrderedDict of those tensors.
std::string state_dict_pickle(const std::vector<SavedTensor>& tensors, bool legacy = false);
/// torch.save(dict) of PyTorch >= 1.6. `wrapper` "model": {"model": dict, "epoch": 3}.
std::string torch_archive(const std::vector<SavedTensor>& tensors, const std::string& wrapper = "");
/// torch.jit.save of a module with those attributes, nested at the dots of their names.
std::string torchscript_archive(const std::vector<SavedTensor>& tensors);
/// torch.save of PyTorch < 1.6.
std::string torch_stream(const std::vector<SavedTensor>& tensors);

}  // namespace rest::test
