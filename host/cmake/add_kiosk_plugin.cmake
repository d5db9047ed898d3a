# How a plugin is built, in this project and against the installed SDK alike.
#
# add_kiosk_plugin(NAME SOURCES file...)
# From the folder that calls it, which also holds manifest.json and locale/LANGUAGE.po, makes
#   NAME_logic   the plugin's objects, for its own tests (kiosk/sdk/testing.hpp)
#   NAME         the plugin: a folder NAME/ with NAME.so, manifest.json and the compiled catalogues, under
#                KIOSK_PLUGIN_OUTPUT_DIRECTORY (else the build folder's plugins/). `cmake --install` copies that folder.
# A plugin that shows only forms needs no locale/.

include_guard(GLOBAL)
find_program(KIOSK_MSGFMT msgfmt REQUIRED)
set(KIOSK_PLUGIN_EXPORTS ${CMAKE_CURRENT_LIST_DIR}/plugin_exports.map)

function(add_kiosk_plugin name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
    set(output ${KIOSK_PLUGIN_OUTPUT_DIRECTORY})
    if(NOT output)
        set(output ${CMAKE_BINARY_DIR}/plugins)
    endif()
    set(folder ${output}/${name})

    add_library(${name}_logic OBJECT ${arg_SOURCES})
    target_link_libraries(${name}_logic PUBLIC kiosk::sdk)
    target_compile_features(${name}_logic PUBLIC cxx_std_20)
    target_compile_options(${name}_logic PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Werror)
    set_target_properties(${name}_logic PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_EXTENSIONS OFF
        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)

    # One exported symbol, and nothing left to be found when it loads.
    add_library(${name} MODULE)
    target_link_libraries(${name} PRIVATE ${name}_logic)
    target_link_options(${name} PRIVATE -Wl,--version-script=${KIOSK_PLUGIN_EXPORTS})
    if(NOT (KIOSK_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES Clang))  # whose sanitizers live in the executable
        target_link_options(${name} PRIVATE -Wl,-z,defs)
    endif()
    set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX .so LINKER_LANGUAGE CXX
        LINK_DEPENDS ${KIOSK_PLUGIN_EXPORTS} LIBRARY_OUTPUT_DIRECTORY ${folder})

    set(manifest ${folder}/manifest.json)
    add_custom_command(OUTPUT ${manifest} DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/manifest.json VERBATIM
        COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/manifest.json ${manifest})
    set(beside ${manifest})
    file(GLOB translations CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/locale/*.po)
    foreach(translation IN LISTS translations)
        get_filename_component(language ${translation} NAME_WE)
        set(messages ${folder}/locale/${language}/LC_MESSAGES)
        add_custom_command(OUTPUT ${messages}/${name}.mo DEPENDS ${translation} VERBATIM
            COMMAND ${CMAKE_COMMAND} -E make_directory ${messages}
            COMMAND ${KIOSK_MSGFMT} --check --output-file=${messages}/${name}.mo ${translation})
        list(APPEND beside ${messages}/${name}.mo)
    endforeach()
    add_custom_target(${name}_data DEPENDS ${beside})
    add_dependencies(${name} ${name}_data)

    install(DIRECTORY ${folder} DESTINATION lib/feedback-kiosk/plugins COMPONENT plugin-${name} USE_SOURCE_PERMISSIONS)
endfunction()
