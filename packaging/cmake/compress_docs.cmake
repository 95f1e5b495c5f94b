# SPDX-License-Identifier: GPL-3.0-or-later
# Run by CPack on the files to pack: gzips man pages and changelogs without name and time, as Debian requires.
file(GLOB_RECURSE pages "${CPACK_TEMPORARY_DIRECTORY}/*.[1-9]" "${CPACK_TEMPORARY_DIRECTORY}/*changelog")
list(FILTER pages INCLUDE REGEX "/share/(man|doc)/")
foreach(page IN LISTS pages)
    execute_process(COMMAND gzip -9nf "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()
