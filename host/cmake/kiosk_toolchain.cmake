# Compiler-wide settings: warnings, sanitizers, cache and linker.

find_program(KIOSK_CCACHE ccache)
if(KIOSK_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER ${KIOSK_CCACHE})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${KIOSK_CCACHE})
endif()

find_program(KIOSK_MOLD mold)
if(KIOSK_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

# A program maps only the libraries, functions and copies of functions that it uses.
add_compile_options(-ffunction-sections)
add_link_options(-Wl,--as-needed -Wl,--gc-sections)

if(KIOSK_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)  # coverage of the libraries, too, or libFuzzer gropes in the dark
endif()
if(KIOSK_SANITIZE)
    add_compile_options(-fsanitize=${KIOSK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${KIOSK_SANITIZE})
endif()

# Debug information at level 1 keeps stack traces and line numbers and halves link times.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")
set(CMAKE_C_FLAGS_DEBUG "-Og -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_C_FLAGS_RELEASE "-O2")

add_library(kiosk_warnings INTERFACE)
target_compile_options(kiosk_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Werror
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees these in its own std::string and std::optional at -O2 (GCC bugs 105329, 105651).
    target_compile_options(kiosk_warnings INTERFACE
        $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict -Wno-maybe-uninitialized>)
endif()
