# SPDX-License-Identifier: GPL-3.0-or-later
# Debian packages: `cpack -G DEB`, or packaging/deb, which builds them for each platform and tests them. Reproducible byte for
# byte wherever they are built, given SOURCE_DATE_EPOCH.
set(CPACK_PACKAGE_NAME rest-studio)
set(CPACK_PACKAGE_CONTACT "REST Studio maintainers <rest-studio@rest-studio.github.io>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "train video captioners without labels")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/packaging/cmake/compress_docs.cmake")
set(CPACK_COMPONENTS_ALL data cli window ${rest_dev})
if(NOT REST_UI)
    list(REMOVE_ITEM CPACK_COMPONENTS_ALL window)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "https://rest-studio.github.io/")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(rest_about "REST Studio turns a folder of videos into a generative action recogniser:
a BLIP captioner describes the clips, a frozen CLIP finds better captions
among those of similar clips, the captioner trains on them, and again.")
# rest_package(COMPONENT NAME SECTION WHAT DEPENDS); all descriptions share the first line, because CPack supports only one.
macro(rest_package component name section what depends)
    string(TOUPPER ${component} rest_upper)
    set(CPACK_DEBIAN_${rest_upper}_PACKAGE_NAME ${name})
    set(CPACK_DEBIAN_${rest_upper}_PACKAGE_SECTION ${section})
    set(CPACK_DEBIAN_${rest_upper}_DESCRIPTION "${rest_about}\n.\n${what}")
    set(CPACK_COMPONENT_${rest_upper}_DESCRIPTION "${CPACK_DEBIAN_${rest_upper}_DESCRIPTION}")
    set(CPACK_DEBIAN_${rest_upper}_PACKAGE_DEPENDS "${depends}")
endmacro()
set(rest_data "rest-studio-data (= ${PROJECT_VERSION})")
rest_package(data rest-studio-data science
    "This package has the demo's small models, class lists and official splits." "")
set(CPACK_DEBIAN_DATA_PACKAGE_ARCHITECTURE all)
# OpenBLAS is not linked, but matrix products run tens of times slower on the reference BLAS.
rest_package(cli rest-studio-cli science
    "This package has the program rest." "${rest_data}, libopenblas0-openmp")
rest_package(window rest-studio science
    "This package has the program rest-studio." "${rest_data}, libopenblas0-openmp, libqt6svg6")
set(CPACK_DEBIAN_WINDOW_PACKAGE_RECOMMENDS "rest-studio-cli, qt6-wayland, fonts-dejavu-core")
foreach(component CLI WINDOW)
    set(CPACK_DEBIAN_${component}_PACKAGE_SHLIBDEPS ON)
endforeach()
string(CONCAT rest_dev_depends "${rest_data}, libtorch-dev, libopenblas0-openmp, libdnnl-dev, libavformat-dev, libavcodec-dev, libavutil-dev, "
    "libswscale-dev, libcairo2-dev, libjpeg-dev, libpng-dev, zlib1g-dev, libsqlitecpp-dev, libsqlite3-dev, libarchive-dev, libcurl4-openssl-dev, libssl-dev, libsecret-1-dev, libicu-dev, "
    "libspdlog-dev, libfmt-dev, nlohmann-json3-dev, libexpected-dev")
rest_package(dev librest-studio-dev libdevel
    "This package has the engine as static libraries, for find_package(RestStudio)." "${rest_dev_depends}")
include(CPack)
