// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pickle_writer.h"

#include <cstring>
#include <map>

namespace rest::test {
namespace {

std::string number(uint64_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

int64_t element_size(const std::string& type) {
    static const std::map<std::string, int64_t> kSizes{
        {"HalfStorage", 2},  {"BFloat16Storage", 2},    {"LongStorage", 8},  {"DoubleStorage", 8},
        {"ByteStorage", 1},  {"BoolStorage", 1},        {"ShortStorage", 2}, {"CharStorage", 1},
        {"QInt8Storage", 1}, {"ComplexFloatStorage", 8}};
    const auto found = kSizes.find(type);
    return found == kSizes.end() ? 4 : found->second;
}

int64_t elements_of(const SavedTensor& tensor) {
    if (tensor.elements >= 0) return tensor.elements;
    return static_cast<int64_t>(tensor.data.size()) / element_size(tensor.type);
}

std::string archive(const std::string& pickle, const std::vector<SavedTensor>& tensors, bool torchscript) {
    ZipWriter zip;
    zip.entries.emplace_back("archive/data.pkl", pickle);
    if (torchscript) zip.entries.emplace_back("archive/constants.pkl", "\x80\x02).");
    for (size_t i = 0; i < tensors.size(); ++i) {
        zip.entries.emplace_back("archive/data/" + std::to_string(i), tensors[i].data);
    }
    zip.entries.emplace_back("archive/version", "3\n");
    return zip.bytes();
}

/// A module's attributes by the first part of their names.
void write_module(PickleWriter& pickle, const std::vector<std::pair<std::string, size_t>>& attributes,
                  const std::vector<SavedTensor>& tensors) {
    pickle.global("__torch__.clip.model", "Module").raw(")\x81}(");
    std::map<std::string, std::vector<std::pair<std::string, size_t>>> children;
    pickle.text("training").raw("\x89");
    for (const auto& [name, index] : attributes) {
        const auto dot = name.find('.');
        if (dot != std::string::npos) {
            children[name.substr(0, dot)].emplace_back(name.substr(dot + 1), index);
            continue;
        }
        pickle.text(name);
        write_tensor(pickle, tensors[index], std::to_string(index));
    }
    for (const auto& [name, inner] : children) {
        pickle.text(name);
        write_module(pickle, inner, tensors);
    }
    pickle.raw("ub");
}

}  // namespace

std::string ZipWriter::bytes() const {
    constexpr uint64_t kIn64 = 0xffffffff;
    std::string out, directory;
    for (const auto& [name, data] : entries) {
        const uint64_t header = out.size(), size = data.size();
        const std::string sizes = number(size, 4) + number(size, 4) + number(name.size(), 2);
        out += number(0x04034b50, 4) + number(20, 2) + number(0, 2) + number(method, 2) + number(0, 8) + sizes;
        // torch.save pads with an extra field to align the data; five bytes show that it is skipped
        out += number(5, 2) + name + std::string("FB\1\0Z", 5) + data;
        const std::string extra = number(1, 2) + number(24, 2) + number(size, 8) + number(size, 8) + number(header, 8);
        directory += number(0x02014b50, 4) + number(20, 2) + number(20, 2) + number(0, 2) + number(method, 2) +
                     number(0, 8) + number(zip64 ? kIn64 : size, 4) + number(zip64 ? kIn64 : size, 4) +
                     number(name.size(), 2) + number(zip64 ? extra.size() : 0, 2) + number(0, 10) +
                     number(zip64 ? kIn64 : header, 4) + name + (zip64 ? extra : "");
    }
    const uint64_t at = out.size(), count = entries.size();
    out += directory;
    if (zip64) {
        const uint64_t end = out.size();
        out += number(0x06064b50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8) + number(count, 8) +
               number(count, 8) + number(directory.size(), 8) + number(at, 8);
        out += number(0x07064b50, 4) + number(0, 4) + number(end, 8) + number(1, 4);
    }
    out += number(0x06054b50, 4) + number(0, 4) + number(zip64 ? 0xffff : count, 2) +
           number(zip64 ? 0xffff : count, 2) + number(zip64 ? kIn64 : directory.size(), 4) +
           number(zip64 ? kIn64 : at, 4) + number(0, 2);
    return out;
}

PickleWriter& PickleWriter::raw(const std::string& opcodes) {
    bytes_ += opcodes;
    return *this;
}

PickleWriter& PickleWriter::global(const std::string& module, const std::string& name) {
    return raw("c" + module + "\n" + name + "\n");
}

PickleWriter& PickleWriter::text(const std::string& value) {
    return raw("X" + number(value.size(), 4) + value);
}

PickleWriter& PickleWriter::integer(int64_t value) {
    return raw("\x8a\x08" + number(static_cast<uint64_t>(value), 8));  // LONG1 takes all 64 bits
}

PickleWriter& PickleWriter::integers(const std::vector<int64_t>& values) {
    raw("(");
    for (const int64_t value : values) integer(value);
    return raw("t");
}

std::string float_bytes(const std::vector<float>& values) {
    std::string bytes(values.size() * sizeof(float), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

void write_tensor(PickleWriter& pickle, const SavedTensor& tensor, const std::string& key, bool legacy) {
    std::vector<int64_t> strides = tensor.strides;
    if (strides.empty()) {
        strides.resize(tensor.shape.size(), 1);
        for (size_t i = strides.size(); i-- > 1;) strides[i - 1] = strides[i] * tensor.shape[i];
    }
    pickle.global("torch._utils", "_rebuild_tensor_v2").raw("((").text("storage").global("torch", tensor.type);
    pickle.text(key).text("cpu").integer(elements_of(tensor)).raw(legacy ? "NtQ" : "tQ");
    pickle.integer(tensor.offset).integers(tensor.shape).integers(strides).raw("\x89");
    pickle.global("collections", "OrderedDict").raw(")RtR");
}

std::string state_dict_pickle(const std::vector<SavedTensor>& tensors, bool legacy) {
    PickleWriter pickle;
    pickle.raw("\x80\x02").global("collections", "OrderedDict").raw(")R(");
    for (size_t i = 0; i < tensors.size(); ++i) {
        pickle.text(tensors[i].name);
        write_tensor(pickle, tensors[i], std::to_string(i), legacy);
    }
    return pickle.raw("u}").text("_metadata").raw("}sb.").bytes();
}

std::string torch_archive(const std::vector<SavedTensor>& tensors, const std::string& wrapper) {
    if (wrapper.empty()) return archive(state_dict_pickle(tensors), tensors, false);
    const std::string inner = state_dict_pickle(tensors);
    PickleWriter pickle;
    pickle.raw("\x80\x02}(").text(wrapper).raw(inner.substr(2, inner.size() - 3));
    pickle.text("epoch").integer(3).raw("u.");
    return archive(pickle.bytes(), tensors, false);
}

std::string torchscript_archive(const std::vector<SavedTensor>& tensors) {
    std::vector<std::pair<std::string, size_t>> attributes;
    for (size_t i = 0; i < tensors.size(); ++i) attributes.emplace_back(tensors[i].name, i);
    PickleWriter pickle;
    pickle.raw("\x80\x02");
    write_module(pickle, attributes, tensors);
    return archive(pickle.raw(".").bytes(), tensors, true);
}

std::string torch_stream(const std::vector<SavedTensor>& tensors) {
    std::string out("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.", 21);
    out += PickleWriter().raw("\x80\x02}").text("little_endian").raw("\x88s.").bytes();
    out += state_dict_pickle(tensors, true);
    PickleWriter keys;
    keys.raw("\x80\x02](");
    for (size_t i = 0; i < tensors.size(); ++i) keys.text(std::to_string(i));
    out += keys.raw("e.").bytes();
    for (const auto& tensor : tensors) out += number(static_cast<uint64_t>(elements_of(tensor)), 8) + tensor.data;
    return out;
}

}  // namespace rest::test
