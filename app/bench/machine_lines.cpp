// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/machine_lines.h"

#include <ATen/detail/CUDAHooksInterface.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <torch/version.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>

namespace rest::app {
namespace {

/// Files mapped into this process whose name starts with one of `names`.
std::set<std::string> loaded(std::initializer_list<const char*> names) {
    std::set<std::string> found;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        const auto at = line.find('/');
        if (at == std::string::npos) continue;
        const auto path = line.substr(at);
        const auto file = std::filesystem::path(path).filename().string();
        for (const char* name : names) {
            if (file.starts_with(name) && file.find(".so") != std::string::npos) found.insert(path);
        }
    }
    return found;
}

/// A function of a library that LibTorch has loaded, or null: looked up by name, so that no CUDA headers are needed.
template <class F>
F loaded_function(const char* name) {
    return reinterpret_cast<F>(dlsym(RTLD_DEFAULT, name));
}

std::string cuda_version(int64_t number) {
    return fmt::format("{}.{}", number / 1000, number % 1000 / 10);
}

/// 91900 is 9.19.0; versions before 9 have one digit less.
std::string cudnn_version(int64_t number) {
    const int64_t major = number >= 90000 ? 10000 : 1000;
    return fmt::format("{}.{}.{}", number / major, number % major / 100, number % 100);
}

void add_version(std::vector<std::string>& lines, const char* name, int64_t built, int64_t running,
                 std::string (*text)(int64_t), const char* library) {
    auto line = fmt::format("{} {}", name, text(built));
    for (const auto& path : loaded({library})) line += ", " + path;
    lines.push_back(line);
    if (running > 0 && text(running) != text(built)) {
        lines.push_back(fmt::format(
            "warning: LibTorch was built for {} {}, {} was loaded: look at LD_LIBRARY_PATH and the run paths", name,
            text(built), text(running)));
    }
}

void add_cuda(std::vector<std::string>& lines) {
    const auto& hooks = at::detail::getCUDAHooks();
    if (!hooks.hasCUDART()) {
        lines.emplace_back("LibTorch without CUDA");
        return;
    }
    int running = 0;
    if (const auto get = loaded_function<int (*)(int*)>("cudaRuntimeGetVersion")) get(&running);
    add_version(lines, "CUDA", hooks.versionCUDART(), running, cuda_version, "libcudart");
    if (!torch::cuda::is_available() || !torch::cuda::cudnn_is_available()) return;
    const auto get = loaded_function<size_t (*)()>("cudnnGetVersion");
    add_version(lines, "cuDNN", hooks.versionCuDNN(), get ? static_cast<int64_t>(get()) : 0, cudnn_version,
                "libcudnn.");
}

/// From the driver, which LibTorch has loaded and initialised.
std::string gpu_name(int index) {
    std::string name = "GPU";
    if (void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD)) {
        char text[256] = "";
        using GetName = int (*)(char*, int, int);
        const auto get = reinterpret_cast<GetName>(dlsym(driver, "cuDeviceGetName"));
        if (get && get(text, sizeof text - 1, index) == 0) name = text;
        dlclose(driver);
    }
    return name;
}

std::string processor_name() {
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "processor";
}

void add_openmp(std::vector<std::string>& lines) {
    const auto runtimes = loaded({"libgomp", "libiomp", "libomp"});
    std::string paths;
    for (const auto& path : runtimes) paths += (paths.empty() ? "" : ", ") + path;
    lines.push_back("OpenMP: " + (paths.empty() ? "none" : paths));
    if (runtimes.size() > 1) {
        lines.emplace_back(
            "warning: two OpenMP runtimes have a pool of threads each: products within our own loops use both");
    }
}

}  // namespace

std::vector<std::string> machine_lines(torch::Device device) {
    std::vector<std::string> lines = {fmt::format("LibTorch {}, {} threads", TORCH_VERSION, at::get_num_threads())};
    if (device.is_cuda()) torch::cuda::synchronize(device.index());  // the first use loads the driver
    add_cuda(lines);
    add_openmp(lines);
    lines.push_back(fmt::format("device {}: {}", device.str(),
                                device.is_cuda() ? gpu_name(std::max<int>(0, device.index())) : processor_name()));
    return lines;
}

}  // namespace rest::app
