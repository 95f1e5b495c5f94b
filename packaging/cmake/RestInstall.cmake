# SPDX-License-Identifier: GPL-3.0-or-later
# `cmake --install` and the Debian package (`cpack -G DEB` in the build folder).
include(GNUInstallDirs)

if(REST_MEDIA)
    install(TARGETS rest RUNTIME)
    install(FILES packaging/man/rest.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES resources/models.json DESTINATION ${CMAKE_INSTALL_DATADIR}/rest-studio)
    install(DIRECTORY resources/demo resources/lists resources/paper DESTINATION ${CMAKE_INSTALL_DATADIR}/rest-studio)
endif()
if(REST_UI)
    install(TARGETS rest-studio RUNTIME)
    install(FILES packaging/man/rest-studio.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES packaging/rest-studio.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES packaging/rest-studio.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/rest-studio.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

set(CPACK_PACKAGE_NAME rest-studio)
set(CPACK_PACKAGE_CONTACT "REST Studio <rest-studio@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Not linked, but matrix products run tens of times slower on the reference BLAS.
set(CPACK_DEBIAN_PACKAGE_DEPENDS libopenblas0-openmp)
include(CPack)
