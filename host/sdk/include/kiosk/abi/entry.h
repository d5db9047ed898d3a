/* The one object a plugin exports. The host reads manifest.json first and loads nothing whose manifest it refuses;
 * then id, version, abi and storage policy here must agree with the manifest. */
#ifndef KIOSK_ABI_ENTRY_H
#define KIOSK_ABI_ENTRY_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/activity.h>
#include <kiosk/abi/host.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The values of kiosk::StoragePolicy. */
enum {
    KIOSK_STORAGE_ANONYMOUS = 1, /* no time, no order, no link to anything */
    KIOSK_STORAGE_SEALED = 2,    /* encrypted to the office's keys the moment it is confirmed */
    KIOSK_STORAGE_NOT_STORED = 3 /* printed or shown, then gone */
};

typedef struct kiosk_plugin_entry {
    uint32_t struct_size; /* these three are where they are in every version, past and to come */
    uint32_t abi_major;
    uint32_t abi_minor;

    uint32_t storage_policy;
    kiosk_str id;        /* "opinion_poll": a-z, 0-9, _; also the name of the library and of its catalogue */
    kiosk_str version;   /* "1.0.0" */
    kiosk_str toolchain; /* what compiled it; only logged */

    /* Fills *activity if it returns KIOSK_OK. `host` outlives the activity. [main-thread] */
    kiosk_status (*create)(const kiosk_host* host, const kiosk_activity** activity);
} kiosk_plugin_entry;

KIOSK_EXPORT extern const kiosk_plugin_entry kiosk_plugin;

#ifdef __cplusplus
}
#endif

#endif
