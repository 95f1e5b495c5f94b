// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace rest::distributed {

/// This process's place among those that run one job, and where they meet.
struct Membership {
    int rank = 0;                       // 0 .. size - 1
    int size = 1;                       // processes in all (WORLD_SIZE)
    int local_rank = 0;                 // among those of this machine: selects the GPU
    std::string address = "127.0.0.1";  // of the machine that hosts the store
    uint16_t port = 29500;
    bool store_is_kept_elsewhere = false;  // by torchrun's agent; otherwise by rank 0
    int attempt = 0;                       // how often the launcher restarted the job
};

/// The value of an environment variable; empty if it is not set.
using Lookup = std::function<std::optional<std::string>(const char* name)>;

/// From the variables of torchrun (RANK, LOCAL_RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT), Slurm's srun (SLURM_PROCID,
/// SLURM_NTASKS, SLURM_LOCALID, SLURM_JOB_NODELIST) or Open MPI's mpirun (OMPI_COMM_WORLD_...), in this order; empty if
/// a process was started by none of them, or alone. Throws Error (invalid_argument) naming a variable with an invalid
/// value.
std::optional<Membership> membership_from(const Lookup& lookup);
/// From this process's environment.
std::optional<Membership> membership_from_environment();

/// The first host of a Slurm list: "node[003-005,9],login" gives "node003".
std::string first_host(const std::string& slurm_list);

}  // namespace rest::distributed
