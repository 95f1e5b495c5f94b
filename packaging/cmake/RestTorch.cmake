# SPDX-License-Identifier: GPL-3.0-or-later
# Finds LibTorch: Debian's, or an official one with CUDA (CMAKE_PREFIX_PATH at the package's root), and what has to match
# it: the CUDA compiler, one OpenMP runtime, oneDNN.

# LibTorch with CUDA passes the C++ standard on to CUDA and compiles a test program: CMake 3.25 has no C++20 for nvcc.
if(NOT DEFINED CMAKE_CUDA_STANDARD)
    set(CMAKE_CUDA_STANDARD 17)
endif()
if(NOT DEFINED TORCH_CUDA_ARCH_LIST AND NOT DEFINED ENV{TORCH_CUDA_ARCH_LIST})
    set(TORCH_CUDA_ARCH_LIST "8.0;9.0+PTX")  # otherwise it compiles and runs a program that queries the GPU
endif()
# CUDA 12.9 and later have no nvToolsExt, which LibTorch 2.5 to 2.8 still require.
find_package(CUDAToolkit QUIET)
if(CUDAToolkit_FOUND AND NOT TARGET CUDA::nvToolsExt)
    add_library(CUDA::nvToolsExt INTERFACE IMPORTED GLOBAL)
endif()
find_package(Torch REQUIRED)
message(STATUS "LibTorch ${Torch_VERSION} in ${TORCH_INSTALL_PREFIX}")

# CMake prefers an installed libtorch-dev to an official package whose prefix points below its root.
get_filename_component(torch_library_folder "${TORCH_LIBRARY}" DIRECTORY)
if(NOT torch_library_folder MATCHES "^/usr/lib" AND NOT torch_library_folder STREQUAL "${TORCH_INSTALL_PREFIX}/lib")
    message(FATAL_ERROR "LibTorch's headers are in ${TORCH_INSTALL_PREFIX} and its library is ${TORCH_LIBRARY}: set CMAKE_PREFIX_PATH to the package's root")
endif()
if(torch_library_folder MATCHES "^/usr/lib" AND NOT TORCH_INSTALL_PREFIX MATCHES "^/usr$")
    message(FATAL_ERROR "LibTorch's headers are in ${TORCH_INSTALL_PREFIX} and its library is the system's ${TORCH_LIBRARY}: set CMAKE_PREFIX_PATH to the package's root")
endif()
string(REGEX MATCH "^/usr$" torch_is_system "${TORCH_INSTALL_PREFIX}")

# A wheel's CUDA libraries are next to it. They come before a toolkit's, which may be of another version than LibTorch was
# built for: programs built here search these folders first.
file(GLOB torch_cuda_folders "${TORCH_INSTALL_PREFIX}/../nvidia/*/lib")
foreach(folder IN LISTS torch_cuda_folders)
    get_filename_component(folder "${folder}" REALPATH)
    list(APPEND CMAKE_BUILD_RPATH "${folder}")
endforeach()

# Python wheels ship an OpenMP runtime under their own name. A second one in the process would have a thread pool that
# at::set_num_threads() does not reach.
file(GLOB torch_openmp "${TORCH_INSTALL_PREFIX}/lib/libgomp*.so*")
if(torch_openmp)
    list(GET torch_openmp 0 torch_openmp)
    set(OpenMP_CXX_FLAGS "-fopenmp" CACHE STRING "" FORCE)
    set(OpenMP_CXX_LIB_NAMES "gomp" CACHE STRING "" FORCE)
    set(OpenMP_gomp_LIBRARY "${torch_openmp}" CACHE FILEPATH "" FORCE)
endif()
find_package(OpenMP REQUIRED COMPONENTS CXX)

# The oneDNN that a distribution's LibTorch is linked with. The official builds contain one: the system's works together with
# those that hide theirs entirely. They also ship their version's headers, which must not be used instead.
find_path(ONEDNN_INCLUDE_DIR dnnl.hpp NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH)  # its own config file requires OpenCL
find_library(ONEDNN_LIBRARY dnnl NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH)
if(ONEDNN_INCLUDE_DIR AND ONEDNN_LIBRARY)
    set(onednn_usable ON)
endif()
if(onednn_usable AND NOT torch_is_system)
    if(NOT DEFINED REST_ONEDNN_BESIDE_TORCH)
        try_run(onednn_ran onednn_compiled "${CMAKE_BINARY_DIR}/onednn_beside_torch" "${CMAKE_CURRENT_LIST_DIR}/onednn_beside_torch.cpp"
            LINK_OPTIONS "-Wl,--no-as-needed" "-Wl,--allow-shlib-undefined" "-Wl,-rpath,${torch_library_folder}"
            LINK_LIBRARIES "${torch_library_folder}/libtorch_cpu.so" "${ONEDNN_LIBRARY}")
        if(onednn_compiled AND onednn_ran EQUAL 0)
            set(REST_ONEDNN_BESIDE_TORCH ON CACHE INTERNAL "")
        else()
            set(REST_ONEDNN_BESIDE_TORCH OFF CACHE INTERNAL "")
        endif()
    endif()
    set(onednn_usable ${REST_ONEDNN_BESIDE_TORCH})
    message(STATUS "oneDNN beside this LibTorch: ${onednn_usable}")
    # Compilers ignore an option that puts /usr/include before LibTorch's headers, but not a folder that holds only these links.
    set(onednn_headers "${CMAKE_BINARY_DIR}/onednn")
    file(MAKE_DIRECTORY "${onednn_headers}")
    file(GLOB onednn_files "${ONEDNN_INCLUDE_DIR}/dnnl*.h*" "${ONEDNN_INCLUDE_DIR}/oneapi")
    foreach(file IN LISTS onednn_files)
        get_filename_component(name "${file}" NAME)
        file(CREATE_LINK "${file}" "${onednn_headers}/${name}" SYMBOLIC)
    endforeach()
else()
    set(onednn_headers "${ONEDNN_INCLUDE_DIR}")
endif()
option(REST_ONEDNN "Products by oneDNN's kernels on the CPU; without it by LibTorch's" ${onednn_usable})

# Our CUDA kernels: if LibTorch has CUDA and there is a CUDA compiler.
find_program(REST_NVCC nvcc HINTS /usr/local/cuda/bin)
if(TARGET torch_cuda AND REST_NVCC)
    set(cuda_usable ON)
endif()
option(REST_CUDA "Our own CUDA kernels (nvcc and a LibTorch with CUDA); without it the GPU runs LibTorch's" ${cuda_usable})
if(REST_CUDA)
    include(RestCuda)
endif()
