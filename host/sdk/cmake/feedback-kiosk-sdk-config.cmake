# find_package(feedback-kiosk-sdk): the target kiosk::sdk and the function add_kiosk_plugin().

if(NOT TARGET kiosk::sdk)
    get_filename_component(_kiosk_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
    add_library(kiosk::sdk INTERFACE IMPORTED)
    set_target_properties(kiosk::sdk PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${_kiosk_prefix}/include")
    unset(_kiosk_prefix)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/add_kiosk_plugin.cmake)
