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
    std::string address = "127.0.0.1";  // of the machine where rank 0 keeps the store
    uint16_t port = 29500;
    int attempt = 0;  // how often the launcher started the job again
};

/// What started the processes, and how often it has done so: it is the same launch when some of them were lost and it
/// started them all again.
struct Launch {
    std::string id;  // a word that no other launch has, as far as the launcher gives one
    int attempt = 0;
};

/// The value of an environment variable; empty if it is not set.
using Lookup = std::function<std::optional<std::string>(const char* name)>;

/// What torchrun (RANK, LOCAL_RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT), Slurm's srun (SLURM_PROCID,
/// SLURM_STEP_NUM_TASKS, SLURM_LOCALID, SLURM_STEP_NODELIST; a batch script's own process has no step) and Open MPI's
/// mpirun (OMPI_COMM_WORLD_...) say, in this order; empty when a process was started by none of them, or alone. Throws
/// Error (invalid_argument) naming a variable whose value makes no sense.
std::optional<Membership> membership_from(const Lookup& lookup);
/// From this process's environment.
std::optional<Membership> membership_from_environment();

/// torchrun's TORCHELASTIC_RUN_ID and TORCHELASTIC_RESTART_COUNT, or Slurm's SLURM_JOB_ID and SLURM_RESTART_COUNT (of a
/// job that was requeued); empty when a process was started by neither. For one process alone too.
std::optional<Launch> launch_from(const Lookup& lookup);
std::optional<Launch> launch_from_environment();

/// This machine's name in its network; "?" when it has none.
std::string host_name();

/// The first host of a Slurm list: "node[003-005,9],login" gives "node003".
std::string first_host(const std::string& slurm_list);

}  // namespace rest::distributed
