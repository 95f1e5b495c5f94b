// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/checkpoint/files/safetensors_header.h"

namespace rest::checkpoint {

namespace fs = std::filesystem;
using nlohmann::json;

Weights read_safetensors(const fs::path& path, Reading reading) {
    std::error_code error;
    if (!fs::exists(path, error)) {
        throw Error(ErrorCode::not_found, "There is no file " + path.string(), "Check the path.");
    }
    const auto file_size = fs::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) throw Error(ErrorCode::io, "Cannot read " + path.string(), "Check that you may read it.");

    Weights weights;
    for (const auto& entry : read_safetensors_header(in, file_size, path)) {  // in file order: one sequential pass
        auto tensor = torch::empty(entry.shape, options_for(reading, scalar_type(entry.type)));
        if (reading == Reading::all)
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
        const auto type = number_type(tensor.scalar_type());
        if (!type || name == "__metadata__") {
            throw Error(ErrorCode::invalid_argument, "Tensor \"" + name + "\" of type " +
                                                         torch::toString(tensor.scalar_type()) +
                                                         " cannot be written to " + path.string());
        }
        const uint64_t end = at + tensor.numel() * tensor.element_size();
        header[name] = {
            {"dtype", safetensors_name(*type)}, {"shape", tensor.sizes().vec()}, {"data_offsets", {at, end}}};
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

}  // namespace rest::checkpoint
