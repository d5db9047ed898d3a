/* Host extension "kiosk.forms/1": which of the activity's forms are on this kiosk and open today. */
#ifndef KIOSK_ABI_EXT_FORMS_H
#define KIOSK_ABI_EXT_FORMS_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/host.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KIOSK_EXT_FORMS "kiosk.forms/1"

typedef struct kiosk_forms {
    uint32_t struct_size;
    /* How many there are now, in the order of their ids. A form is open from `kiosk:opens` to `kiosk:closes` of its
     * settings sheet, days included; without them, always. [main-thread] */
    size_t (*count)(const kiosk_host* host);
    /* The id of one of them, valid until the next count(); empty beyond the last. [main-thread] */
    kiosk_str (*id)(const kiosk_host* host, size_t index);
} kiosk_forms;

#ifdef __cplusplus
}
#endif

#endif
