# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles .cu files by calling nvcc directly. They include no LibTorch and are C++17, so neither LibTorch's CUDA settings nor
# this CMake's list of CUDA standards apply to them.
set(REST_CUDA_ARCHITECTURES "80;90" CACHE STRING "Compute capabilities to compile for; the last one as PTX too")

set(rest_nvcc_flags -std=c++17 -O3 --expt-relaxed-constexpr -Xcompiler=-fPIC,-Wall)
foreach(architecture IN LISTS REST_CUDA_ARCHITECTURES)
    list(APPEND rest_nvcc_flags "-gencode=arch=compute_${architecture},code=sm_${architecture}")
endforeach()
list(GET REST_CUDA_ARCHITECTURES -1 rest_newest)
list(APPEND rest_nvcc_flags "-gencode=arch=compute_${rest_newest},code=compute_${rest_newest}")

# rest_cuda_sources(TARGET file.cu...): adds the objects of .cu files of this folder to a library and defines REST_CUDA for
# its sources.
function(rest_cuda_sources target)
    foreach(source IN LISTS ARGN)
        set(from "${CMAKE_CURRENT_SOURCE_DIR}/${source}")
        string(REPLACE "/" "_" name "${source}")
        set(object "${CMAKE_CURRENT_BINARY_DIR}/${name}.o")
        add_custom_command(OUTPUT "${object}" DEPENDS "${from}" DEPFILE "${object}.d"
            COMMAND "${REST_NVCC}" ${rest_nvcc_flags} -I "${PROJECT_SOURCE_DIR}" -MD -MF "${object}.d" -MT "${object}" -c "${from}" -o "${object}"
            COMMENT "nvcc ${source}" VERBATIM)
        target_sources(${target} PRIVATE "${object}")
    endforeach()
    target_compile_definitions(${target} PRIVATE REST_CUDA)
    target_include_directories(${target} SYSTEM PRIVATE ${CUDAToolkit_INCLUDE_DIRS})
endfunction()
