/* kiosk_screen: the sink a visit describes its screen into, item by item, in the order the visitor meets them.
 * Made by the host; valid during one describe(). The host copies, then checks the whole: at most 48 items, 64 options
 * of a choice, 32 bars of a chart, 9 arguments of a text, 128 bytes of an id, 4,000 bytes of an argument; ids are unique on a screen
 * and made of a-z A-Z 0-9 _ . - /; at most one form. What breaks this ends the visit. */
#ifndef KIOSK_ABI_SCREEN_H
#define KIOSK_ABI_SCREEN_H

#include <kiosk/abi/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kiosk_option {
    kiosk_str name; /* the value of the answer */
    kiosk_text label;
    kiosk_str icon; /* of assets/icons; may be empty */
} kiosk_option;

typedef struct kiosk_bar {
    kiosk_text label;
    uint64_t count;
} kiosk_bar;

enum { KIOSK_RECEIPT_SHOWS_CODE = 1u << 0 }; /* the withdrawal code, which the host makes */

typedef struct kiosk_screen kiosk_screen;
struct kiosk_screen {
    uint32_t struct_size;
    void* context;

    /* All [main-thread], during describe() only. */
    void (*heading)(const kiosk_screen* screen, const kiosk_text* text);
    void (*text)(const kiosk_screen* screen, const kiosk_text* text);
    void (*notice)(const kiosk_screen* screen, kiosk_str id, const kiosk_text* text);
    /* A whole XLSForm, one of the manifest's `forms`, on the host's form pages. */
    void (*form)(const kiosk_screen* screen, kiosk_str form_id);
    /* One purpose, agreed to or not: the answer is "yes" or "no" under this id. `version` names the text agreed to. */
    void (*consent)(const kiosk_screen* screen, kiosk_str id, const kiosk_text* text, kiosk_str version);
    void (*choice)(const kiosk_screen* screen, kiosk_str id, const kiosk_text* label, const kiosk_option* options,
                   size_t option_count);
    void (*chart)(const kiosk_screen* screen, const kiosk_text* title, const kiosk_bar* bars, size_t bar_count,
                  const kiosk_text* note);
    void (*receipt)(const kiosk_screen* screen, const kiosk_text* text, uint32_t flags);
    void (*document)(const kiosk_screen* screen, kiosk_str layout);
    void (*signature)(const kiosk_screen* screen, kiosk_str id, const kiosk_text* label);
};

#ifdef __cplusplus
}
#endif

#endif
