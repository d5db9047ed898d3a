/* Host extension "kiosk.results/1": how visitors answered a form's first question that has choices, so far: at this kiosk,
 * or at all kiosks of the office where it has published more answers than are here. Nothing is told unless the form
 * allows it (`kiosk:results` "yes" in its settings sheet) and at least ten have answered; counts grow in steps of ten
 * visits, so that nobody's answer shows. */
#ifndef KIOSK_ABI_EXT_RESULTS_H
#define KIOSK_ABI_EXT_RESULTS_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/host.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KIOSK_EXT_RESULTS "kiosk.results/1"

typedef struct kiosk_results {
    uint32_t struct_size;
    /* How many choices have a count; 0: nothing may be told. [main-thread] */
    size_t (*count)(const kiosk_host* host, kiosk_str form_id);
    /* Of the form last asked for with count(): a choice's name, valid until the next count(). [main-thread] */
    kiosk_str (*choice)(const kiosk_host* host, size_t index);
    uint64_t (*votes)(const kiosk_host* host, size_t index); /* [main-thread] */
    /* Of the same form: 1 if the office published the counts, from all its kiosks; 0 if they are this kiosk's own. Hosts
     * before 2026-11-30 end above this line; see struct_size. [main-thread] */
    int32_t (*is_published)(const kiosk_host* host);
} kiosk_results;

#ifdef __cplusplus
}
#endif

#endif
