// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/distributed/membership.h"

#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>

#include "core/base/error.h"

namespace rest::distributed {
namespace {

/// The environment variables in which a launcher passes what Membership holds.
struct Launcher {
    const char* rank;
    const char* size;
    const char* local_rank;
};

constexpr Launcher kTorchrun = {"RANK", "WORLD_SIZE", "LOCAL_RANK"};
// Not SLURM_NTASKS: a batch script has that too, where nothing was started by srun.
constexpr Launcher kSlurm = {"SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID"};
constexpr Launcher kOpenMpi = {"OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"};

constexpr int kMostProcesses = 1 << 20;
constexpr int kFirstPort = 20000, kPorts = 12000;  // for jobs of launchers that leave none; below those of clients

int number(const Lookup& lookup, const char* name, int low, int high, std::optional<int> otherwise = std::nullopt) {
    const auto text = lookup(name);
    if (!text && otherwise) return *otherwise;
    int value = 0;
    const char* const end = text ? text->data() + text->size() : nullptr;
    if (text) {
        const auto [stop, error] = std::from_chars(text->data(), end, value);
        if (error == std::errc() && stop == end && value >= low && value <= high) return value;
    }
    throw Error(ErrorCode::invalid_argument,
                text ? std::string(name) + " = \"" + *text + "\" is not a number from " + std::to_string(low) + " to " +
                           std::to_string(high)
                     : std::string(name) + " is not set",
                "Start the processes by torchrun, srun or mpirun, or unset RANK and WORLD_SIZE to run alone.");
}

std::string address(const Lookup& lookup, const Launcher& launcher) {
    if (const auto named = lookup("MASTER_ADDR")) return *named;
    if (launcher.rank == kSlurm.rank) {
        for (const char* list : {"SLURM_STEP_NODELIST", "SLURM_JOB_NODELIST"}) {
            if (const auto hosts = lookup(list)) return first_host(*hosts);
        }
        if (const auto host = lookup("SLURM_LAUNCH_NODE_IPADDR")) return *host;
    }
    return "127.0.0.1";
}

/// Jobs of one machine must not meet each other: the port goes by the job's and the step's number where the launcher
/// has them.
int port(const Lookup& lookup, const Launcher& launcher) {
    const int job = launcher.rank == kSlurm.rank ? number(lookup, "SLURM_JOB_ID", 0, 2147483647, 0) : 0;
    const int step = job > 0 ? number(lookup, "SLURM_STEP_ID", 0, 2147483647, 0) : 0;
    const int otherwise = job > 0 ? kFirstPort + (job % kPorts + step % kPorts) % kPorts : Membership().port;
    return number(lookup, "MASTER_PORT", 1, 65535, otherwise);
}

std::optional<std::string> environment(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

/// torchrun may keep a store at MASTER_PORT itself: one of its own LibTorch, whose language ours need not speak.
int port_beside(int port, int attempt, const Lookup& lookup) {
    constexpr int kApart = 7919;
    if (lookup("TORCHELASTIC_USE_AGENT_STORE") != "True") return port;
    const int beside = kFirstPort + (port + attempt % kPorts * kApart) % kPorts;
    return beside == port ? beside + 1 : beside;
}

}  // namespace

std::string first_host(const std::string& slurm_list) {
    const auto bracket = slurm_list.find('[');
    const auto comma = slurm_list.find(',');
    if (bracket == std::string::npos || comma < bracket) return slurm_list.substr(0, comma);
    const auto end = slurm_list.find_first_of("-,]", bracket);
    return slurm_list.substr(0, bracket) + slurm_list.substr(bracket + 1, end - bracket - 1);
}

std::optional<Membership> membership_from(const Lookup& lookup) {
    const Launcher* launcher = nullptr;
    for (const auto* candidate : {&kTorchrun, &kSlurm, &kOpenMpi}) {
        if (launcher == nullptr && lookup(candidate->rank) && lookup(candidate->size)) launcher = candidate;
    }
    if (launcher == nullptr) return std::nullopt;
    Membership out;
    out.size = number(lookup, launcher->size, 1, kMostProcesses);
    out.rank = number(lookup, launcher->rank, 0, out.size - 1);
    out.local_rank = number(lookup, launcher->local_rank, 0, out.size - 1, 0);
    out.address = address(lookup, *launcher);
    out.port = static_cast<uint16_t>(port(lookup, *launcher));
    if (const auto launch = launch_from(lookup)) out.attempt = launch->attempt;
    out.port = static_cast<uint16_t>(port_beside(out.port, out.attempt, lookup));
    return out.size > 1 ? std::optional(out) : std::nullopt;
}

std::optional<Membership> membership_from_environment() {
    return membership_from(environment);
}

std::optional<Launch> launch_from(const Lookup& lookup) {
    if (const auto count = lookup("TORCHELASTIC_RESTART_COUNT")) {
        const auto id = lookup("TORCHELASTIC_RUN_ID").value_or("none");  // what torchrun says without a rendezvous
        return Launch{"torchrun " + (id == "none" ? id + " at " + lookup("MASTER_PORT").value_or("") : id),
                      number(lookup, "TORCHELASTIC_RESTART_COUNT", 0, kMostProcesses)};
    }
    if (const auto job = lookup("SLURM_JOB_ID"))
        return Launch{"Slurm's job " + *job, number(lookup, "SLURM_RESTART_COUNT", 0, kMostProcesses, 0)};
    return std::nullopt;
}

std::optional<Launch> launch_from_environment() {
    return launch_from(environment);
}

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("?");
}

}  // namespace rest::distributed
