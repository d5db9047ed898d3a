/* kiosk_activity: a plugin at work, the tile on the home page. Made by kiosk_plugin_entry.create(), destroyed by the host. */
#ifndef KIOSK_ABI_ACTIVITY_H
#define KIOSK_ABI_ACTIVITY_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/visit.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kiosk_activity kiosk_activity;
struct kiosk_activity {
    uint32_t struct_size;
    void* self;

    /* A new visitor. Fills *visit if it returns KIOSK_OK. [main-thread] */
    kiosk_status (*begin)(const kiosk_activity* activity, const kiosk_visit** visit);
    /* The structure of an extension the plugin offers, or NULL. [main-thread] */
    const void* (*get_extension)(const kiosk_activity* activity, kiosk_str id);
    void (*destroy)(const kiosk_activity* activity); /* [main-thread] */
};

#ifdef __cplusplus
}
#endif

#endif
