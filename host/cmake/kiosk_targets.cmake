# The ways the project makes targets, so that every library, plugin and test is built alike.

# kiosk_library(NAME [SOURCES file...] [DEPENDS target...] [PRIVATE_DEPENDS target...])
# A static library kiosk::NAME whose public headers lie in include/kiosk/NAME. Without SOURCES it is header-only.
function(kiosk_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS")
    if(arg_SOURCES)
        add_library(kiosk_${name} STATIC ${arg_SOURCES})
        target_include_directories(kiosk_${name} PUBLIC include PRIVATE src)
        target_link_libraries(kiosk_${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS} kiosk_warnings)
    else()
        add_library(kiosk_${name} INTERFACE)
        target_include_directories(kiosk_${name} INTERFACE include)
        target_link_libraries(kiosk_${name} INTERFACE ${arg_DEPENDS})
    endif()
    add_library(kiosk::${name} ALIAS kiosk_${name})
endfunction()

# kiosk_test(NAME SOURCES file... [DEPENDS target...] [SANITIZED])
# An executable test_NAME of Catch2 tests, each test case known to CTest by itself. SANITIZED: it is also built and run
# under the sanitizers, as the tests of everything that reads what strangers wrote are; the others are left out there,
# because a whole sanitized build takes longer than it finds.
add_custom_target(kiosk_tests)
function(kiosk_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "SANITIZED" "" "SOURCES;DEPENDS")
    set(is_left_out "")
    if(KIOSK_SANITIZE AND NOT arg_SANITIZED)
        set(is_left_out EXCLUDE_FROM_ALL)  # still a target, for what its folder sets on it
    endif()
    add_executable(test_${name} ${is_left_out} ${arg_SOURCES})
    target_link_libraries(test_${name} PRIVATE ${arg_DEPENDS} kiosk_source_tree Catch2::Catch2WithMain kiosk_warnings)
    if(is_left_out)
        return()
    endif()
    catch_discover_tests(test_${name} TEST_PREFIX "${name}: " DISCOVERY_MODE PRE_TEST
        PROPERTIES TIMEOUT 300 LABELS ${name})
    add_dependencies(kiosk_tests test_${name})
endfunction()
