# Dear ImGui >= 1.92 as two static libraries: kiosk_imgui (core) and kiosk_imgui_backends (GLFW, OpenGL 3).
# It has no stable ABI, so it is compiled here, from one of: -DKIOSK_IMGUI_DIR, what packaging/setup fetched from
# Debian's signed source package, or the upstream tag by commit hash.

set(imgui_dir "${KIOSK_IMGUI_DIR}")
if(NOT imgui_dir AND EXISTS ${PROJECT_SOURCE_DIR}/build/dependencies/imgui/imgui.h)
    set(imgui_dir ${PROJECT_SOURCE_DIR}/build/dependencies/imgui)
endif()
if(NOT imgui_dir)
    include(FetchContent)
    FetchContent_Declare(imgui
        GIT_REPOSITORY https://github.com/ocornut/imgui.git
        GIT_TAG 45acd5e0e82f4c954432533ae9985ff0e1aad6d5)  # v1.92.2b
    FetchContent_GetProperties(imgui)
    if(NOT imgui_POPULATED)
        FetchContent_Populate(imgui)
    endif()
    set(imgui_dir ${imgui_SOURCE_DIR})
endif()

file(STRINGS ${imgui_dir}/imgui.h imgui_version REGEX "^#define IMGUI_VERSION_NUM")
string(REGEX MATCH "[0-9]+$" imgui_version "${imgui_version}")
if(NOT imgui_version OR imgui_version LESS 19200)
    message(FATAL_ERROR "Dear ImGui in ${imgui_dir} is ${imgui_version}; 1.92 (19200) or newer is needed. "
        "Run packaging/setup, or name a newer tree with -DKIOSK_IMGUI_DIR.")
endif()

add_library(kiosk_imgui STATIC
    ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp ${imgui_dir}/imgui_tables.cpp ${imgui_dir}/imgui_widgets.cpp)
target_include_directories(kiosk_imgui SYSTEM PUBLIC ${imgui_dir})
target_include_directories(kiosk_imgui PUBLIC ${CMAKE_CURRENT_LIST_DIR}/imgui)
target_compile_definitions(kiosk_imgui PUBLIC IMGUI_USER_CONFIG="kiosk_imconfig.h")

find_package(glfw3 3.3 REQUIRED)
find_package(OpenGL REQUIRED)
add_library(kiosk_imgui_backends STATIC
    ${imgui_dir}/backends/imgui_impl_glfw.cpp ${imgui_dir}/backends/imgui_impl_opengl3.cpp)
target_include_directories(kiosk_imgui_backends SYSTEM PUBLIC ${imgui_dir}/backends)
target_link_libraries(kiosk_imgui_backends PUBLIC kiosk_imgui glfw PRIVATE ${CMAKE_DL_LIBS})
