# How the parts of Linli are built: one call a library, its dependencies an argument.

find_package(Threads REQUIRED)
find_package(simdjson REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tl-expected REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(PkgConfig REQUIRED)

# Libraries that come with a .pc file or none at all get a target here.
function(linli_pkg target)
  pkg_check_modules(${target}_pc REQUIRED IMPORTED_TARGET ${ARGN})
  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE PkgConfig::${target}_pc)
endfunction()
linli_pkg(linli_sodium libsodium)
linli_pkg(linli_icu icu-uc icu-i18n)
linli_pkg(linli_brotli libbrotlienc)
linli_pkg(linli_image gdlib libexif)
linli_pkg(linli_print pangocairo)
linli_pkg(linli_workbook xlsxwriter libzip)
linli_pkg(linli_allocator jemalloc)

find_package(EXPAT REQUIRED)
# Reads OpenStreetMap: headers alone.
add_library(linli_osmium INTERFACE)
target_link_libraries(linli_osmium INTERFACE Boost::headers EXPAT::EXPAT ZLIB::ZLIB Threads::Threads)
# METIS comes without either.
find_library(LINLI_METIS metis REQUIRED)
add_library(linli_metis INTERFACE)
target_link_libraries(linli_metis INTERFACE ${LINLI_METIS})

option(LINLI_FUZZ "build the libFuzzer targets (clang only)" OFF)
option(LINLI_BENCH "build the benchmarks" OFF)
set(LINLI_SANITIZE "" CACHE STRING "sanitizers for every target, as in -fsanitize=")

# Warnings are errors, but for the fuzzers, whose compiler warns of other things.
set(LINLI_STRICT -Werror)
if(LINLI_FUZZ)
  set(LINLI_STRICT "")
endif()

add_library(linli_options INTERFACE)
target_include_directories(linli_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(linli_options INTERFACE tl::expected Threads::Threads)
target_compile_options(linli_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual ${LINLI_STRICT}
  -Wno-missing-field-initializers)
# False alarms of g++ 12 about std::string and std::variant when it optimises (GCC 105329, 105562).
target_compile_options(linli_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>)
# The C library's allocator gives its memory back and asks for it again under many threads (decision 0087).
if(NOT LINLI_SANITIZE)
  target_link_libraries(linli_options INTERFACE linli_allocator)
endif()
if(LINLI_SANITIZE)
  target_compile_options(linli_options INTERFACE
    -fsanitize=${LINLI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(linli_options INTERFACE -fsanitize=${LINLI_SANITIZE})
  if(LINLI_SANITIZE MATCHES "thread")
    target_compile_options(linli_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  endif()
endif()
find_program(LINLI_LLD ld.lld)
if(LINLI_LLD)
  target_link_options(linli_options INTERFACE -fuse-ld=lld)
endif()

# linli_library(NAME n FOLDER f [DEPENDS …] [THIRD_PARTY …]): every .cpp in the folder tree, and a
# test program n_test from every *_test.cpp.  `migrations/*.sql` become the string table
# `linli::<n>::kMigrations` (host/migrations.h).
function(linli_library)
  cmake_parse_arguments(L "" "NAME;FOLDER" "DEPENDS;THIRD_PARTY" ${ARGN})
  set(folder ${PROJECT_SOURCE_DIR}/${L_FOLDER})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB migrations CONFIGURE_DEPENDS ${folder}/migrations/*.sql)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  if(migrations)
    set(embedded ${CMAKE_BINARY_DIR}/generated/${L_NAME}_migrations.cpp)
    add_custom_command(OUTPUT ${embedded}
      COMMAND ${CMAKE_COMMAND} -DNAME=${L_NAME} -DOUT=${embedded} "-DFILES=${migrations}"
              -P ${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake
      DEPENDS ${migrations} ${PROJECT_SOURCE_DIR}/cmake/embed_migrations.cmake VERBATIM)
    list(APPEND sources ${embedded})
  endif()
  set(dependencies)
  foreach(name ${L_DEPENDS})
    list(APPEND dependencies linli_${name})
  endforeach()
  if(sources)
    add_library(linli_${L_NAME} STATIC ${sources})
    target_link_libraries(linli_${L_NAME}
      PUBLIC linli_options ${dependencies} PRIVATE ${L_THIRD_PARTY})
  else()
    add_library(linli_${L_NAME} INTERFACE)
    target_link_libraries(linli_${L_NAME} INTERFACE linli_options ${dependencies})
  endif()
  if(tests)
    add_executable(${L_NAME}_test ${tests})
    target_link_libraries(${L_NAME}_test PRIVATE linli_${L_NAME} ${L_THIRD_PARTY} GTest::gtest_main rapidcheck)
    # Tests run from the repository's root; no object then depends on where that is.
    target_compile_definitions(${L_NAME}_test PRIVATE LINLI_SOURCE_DIR=".")
    add_test(NAME ${L_NAME} COMMAND ${L_NAME}_test WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  endif()
endfunction()

# linli_instructions(FILE flags…): a file of a kernel that is chosen at run time.
function(linli_instructions file)
  if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
    set_source_files_properties(${PROJECT_SOURCE_DIR}/${file} PROPERTIES COMPILE_OPTIONS "${ARGN}")
  endif()
endfunction()

# linli_module(NAME n [DEPENDS siblings…] [USES engines…] [THIRD_PARTY …]): a domain module.
set(LINLI_MODULES "")
macro(linli_module)
  cmake_parse_arguments(M "" "NAME" "DEPENDS;USES;THIRD_PARTY" ${ARGN})
  linli_library(NAME ${M_NAME} FOLDER src/domain/${M_NAME}
    DEPENDS host ${M_DEPENDS} ${M_USES} THIRD_PARTY ${M_THIRD_PARTY})
  list(APPEND LINLI_MODULES ${M_NAME})
endmacro()

function(linli_program)
  cmake_parse_arguments(P "" "NAME;SOURCE" "DEPENDS;THIRD_PARTY" ${ARGN})
  if(NOT EXISTS ${PROJECT_SOURCE_DIR}/${P_SOURCE})
    return()
  endif()
  add_executable(${P_NAME} ${P_SOURCE})
  foreach(name ${P_DEPENDS})
    target_link_libraries(${P_NAME} PRIVATE linli_${name})
  endforeach()
  target_link_libraries(${P_NAME} PRIVATE ${P_THIRD_PARTY})
endfunction()

# linli_fuzzers(FOLDER f SOURCES …): one libFuzzer program a file, fuzz_<file>; parsers live in these
# libraries, or are named files of modules.
function(linli_fuzzers)
  cmake_parse_arguments(F "" "FOLDER" "SOURCES" ${ARGN})
  if(NOT LINLI_FUZZ)
    return()
  endif()
  file(GLOB targets CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${F_FOLDER}/*.cpp)
  list(TRANSFORM F_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/)
  add_library(linli_fuzzed STATIC ${F_SOURCES})
  target_link_libraries(linli_fuzzed PUBLIC linli_options)
  foreach(source ${targets})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE linli_fuzzed linli_core linli_engine_geo linli_engine_pack linli_engine_indicator linli_net)
    target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()

# linli_benches(FOLDER f DEPENDS …): one program a file, bench_<file>.
function(linli_benches)
  cmake_parse_arguments(B "" "FOLDER" "DEPENDS" ${ARGN})
  if(NOT LINLI_BENCH)
    return()
  endif()
  file(GLOB targets CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${B_FOLDER}/*.cpp)
  file(GLOB support CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${B_FOLDER}/support/*.cpp)
  foreach(source ${targets})
    get_filename_component(name ${source} NAME_WE)
    add_executable(bench_${name} ${source} ${support})
    target_include_directories(bench_${name} PRIVATE ${PROJECT_SOURCE_DIR}/${B_FOLDER})
    foreach(dependency ${B_DEPENDS})
      target_link_libraries(bench_${name} PRIVATE linli_${dependency})
    endforeach()
    target_link_libraries(bench_${name} PRIVATE linli_osmium)
  endforeach()
endfunction()
