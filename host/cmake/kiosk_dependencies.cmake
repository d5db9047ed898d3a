# Where third-party libraries come from. Each is linked by one library only (see the CMakeLists.txt there).

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)

if(KIOSK_BUILD_TESTS)
    find_package(Catch2 3 REQUIRED)
    include(Catch)
endif()

include(kiosk_imgui)
