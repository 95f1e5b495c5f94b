# SPDX-License-Identifier: GPL-3.0-or-later
# Man pages and shell completions, written by rest-docs from what --help is made from, into REST_DOCS_DIR.
set(REST_DOCS_DIR "${CMAKE_BINARY_DIR}/docs" CACHE INTERNAL "")
set(rest_metainfo "${PROJECT_SOURCE_DIR}/packaging/desktop/io.github.rest_studio.RestStudio.metainfo.xml")

# The newest release of the metainfo dates the pages, so that every build of it writes the same.
file(STRINGS "${rest_metainfo}" rest_release REGEX "<release version=" LIMIT_COUNT 1)
string(REGEX MATCH "date=\"([0-9-]+)\"" rest_release "${rest_release}")
set(REST_RELEASE_DATE "${CMAKE_MATCH_1}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${rest_metainfo}")

add_custom_command(OUTPUT "${CMAKE_BINARY_DIR}/docs.stamp" DEPENDS rest-docs
    COMMAND rest-docs "${REST_DOCS_DIR}" "${PROJECT_VERSION}" "${REST_RELEASE_DATE}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${CMAKE_BINARY_DIR}/docs.stamp"
    COMMENT "Man pages and completions" VERBATIM)
add_custom_target(docs ALL DEPENDS "${CMAKE_BINARY_DIR}/docs.stamp")
