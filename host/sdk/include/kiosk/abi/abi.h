/* The vocabulary of the plugin ABI. C11, standard headers only; also valid C++.
 *
 * A plugin is a shared library that exports one object, `kiosk_plugin` (entry.h). It describes what a visitor sees and
 * judges what the visitor answered; the host draws, speaks, validates, stores, prints and keeps the time. Authors in
 * C++ use the layer in <kiosk/sdk/plugin.hpp> and need not read these files.
 *
 * Conventions, for every header in this folder:
 *  1. Versions. A host accepts a plugin of its own KIOSK_ABI_MAJOR whose abi_minor is not newer than its own.
 *     A minor version only appends members to structures or adds extensions. Extension ids carry their revision
 *     ("kiosk.settings/1"); an id never changes its meaning.
 *  2. Structures that cross the boundary begin with `struct_size`, sizeof as their maker compiled it. A member that
 *     lies past struct_size is absent and must not be read.
 *  3. Strings are borrowed UTF-8 in normal form C, not NUL-terminated, valid only during the call that passes them;
 *     strings of the entry object are valid for ever. Whoever wants one longer copies it. {NULL, 0} is empty.
 *  4. Memory never changes hands. Each side destroys what it made; results travel through callbacks ("sinks") that
 *     the host passes in and that copy what they are given.
 *  5. No exception, longjmp or signal leaves a function of the plugin. It returns KIOSK_FAILED after it told the
 *     host why with kiosk_host.fail().
 *  6. No enumerator is zero, so that a forgotten member is noticed.
 *  7. The tag at the end of a comment says where a function may be called: [main-thread] is the thread that created
 *     the plugin. A plugin starts no threads and calls no host function from another.
 *  8. Function pointers without "may be NULL" must be set. A `context` or `self` belongs to whoever filled the structure.
 *  9. What a plugin puts before visitors is the id of a message in its own gettext catalogue (kiosk_text), never words,
 *     so that the language can change at any moment without asking the plugin.
 */
#ifndef KIOSK_ABI_ABI_H
#define KIOSK_ABI_ABI_H

#include <stddef.h>
#include <stdint.h>

#define KIOSK_ABI_MAJOR 1u
#define KIOSK_ABI_MINOR 0u

#if defined(__GNUC__)
#define KIOSK_EXPORT __attribute__((visibility("default")))
#else
#define KIOSK_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kiosk_str {
    const char* data;
    size_t size;
} kiosk_str;

/* For literals in C: KIOSK_STR("portal_poll"). */
#define KIOSK_STR(literal) {literal, sizeof(literal) - 1}

/* A message by name: the msgid in the plugin's catalogue, and what fills its {0}, {1}, … */
typedef struct kiosk_text {
    kiosk_str id;
    const kiosk_str* arguments;
    size_t argument_count;
} kiosk_text;

typedef int32_t kiosk_status;
enum {
    KIOSK_OK = 1,
    KIOSK_FAILED = 2 /* kiosk_host.fail() was told why; the host ends the visit */
};

#ifdef __cplusplus
}
#endif

#endif
