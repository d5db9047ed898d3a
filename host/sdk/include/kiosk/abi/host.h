/* kiosk_host: what a plugin may ask of the host. Made by the host; valid from create() until the activity is destroyed. */
#ifndef KIOSK_ABI_HOST_H
#define KIOSK_ABI_HOST_H

#include <kiosk/abi/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kiosk_host kiosk_host;
struct kiosk_host {
    uint32_t struct_size;
    void* context;

    /* The structure of an extension (ext/…), valid as long as the host; NULL if the host has not got it. [main-thread] */
    const void* (*get_extension)(const kiosk_host* host, kiosk_str id);

    /* Why the call that is about to return KIOSK_FAILED fails: one sentence for staff, in English. It may be logged,
     * so it never quotes what the visitor answered. [main-thread] */
    void (*fail)(const kiosk_host* host, kiosk_str message);
};

#ifdef __cplusplus
}
#endif

#endif
