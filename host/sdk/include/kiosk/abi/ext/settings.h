/* Host extension "kiosk.settings/1": what the office set for this activity, as words by key. */
#ifndef KIOSK_ABI_EXT_SETTINGS_H
#define KIOSK_ABI_EXT_SETTINGS_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/host.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KIOSK_EXT_SETTINGS "kiosk.settings/1"

typedef struct kiosk_settings {
    uint32_t struct_size;
    /* The value of a key, valid as long as the host; empty if it is not set. [main-thread] */
    kiosk_str (*value)(const kiosk_host* host, kiosk_str key);
} kiosk_settings;

#ifdef __cplusplus
}
#endif

#endif
