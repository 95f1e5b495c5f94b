// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bundle/system_facts.h"

#include <sqlite3.h>
#include <sys/utsname.h>

#include <filesystem>
#include <fstream>

#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/media/ffmpeg_support.h"

namespace rest::bundle {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The text after "NAME:" or "NAME=" in the first such line of a system file.
std::string value_in(const fs::path& file, const std::string& name) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const size_t sign = line.find_first_of(":=");
        if (sign == std::string::npos || trimmed(line.substr(0, sign)) != name) continue;
        std::string value(trimmed(line.substr(sign + 1)));
        std::erase(value, '"');
        return value;
    }
    return "unknown";
}

int64_t megabytes(const std::string& name) {
    constexpr int64_t kKilobytesPerMegabyte = 1024;
    return std::atoll(value_in("/proc/meminfo", name).c_str()) / kKilobytesPerMegabyte;
}

std::string kernel() {
    utsname system{};
    if (::uname(&system) != 0) return "unknown";
    return std::string(system.sysname) + " " + system.release + " " + system.machine;  // nodename is the host's name
}

/// As the driver reports them: asking LibTorch would initialise CUDA, which may crash with a broken driver.
json graphics_cards() {
    json cards = json::array();
    std::error_code error;
    const fs::path folder = "/proc/driver/nvidia/gpus";
    for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
         at.increment(error)) {
        cards.push_back(value_in(at->path() / "information", "Model"));
    }
    return cards;
}

}  // namespace

json system_facts() {
    return {{"libtorch", torch_version()},
            {"ffmpeg", media::ffmpeg_version()},
            {"sqlite", sqlite3_libversion()},
            {"kernel", kernel()},
            {"distribution", value_in("/etc/os-release", "PRETTY_NAME")},
            {"processor", value_in("/proc/cpuinfo", "model name")},
            {"processors", processor_count()},
            {"memory_mb", megabytes("MemTotal")},
            {"memory_available_mb", megabytes("MemAvailable")},
            {"nvidia_driver", value_in("/proc/driver/nvidia/version", "NVRM version")},
            {"graphics_cards", graphics_cards()}};
}

}  // namespace rest::bundle
