/* kiosk_visit: one visitor's run through an activity. Made by kiosk_activity.begin(); the host destroys it, in any
 * state, and destroys every visit before its activity. */
#ifndef KIOSK_ABI_VISIT_H
#define KIOSK_ABI_VISIT_H

#include <kiosk/abi/abi.h>
#include <kiosk/abi/screen.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One answered item: a relevant question of the form ("/data/rating") or an item of the screen by its id. */
typedef struct kiosk_answer {
    kiosk_str path;
    kiosk_str value; /* as it stands in the XForms instance; of select_multiple: names separated by spaces */
} kiosk_answer;

/* What the host is to do next. */
enum {
    KIOSK_OUTCOME_NEXT = 1,     /* show what describe() says now */
    KIOSK_OUTCOME_STAY = 2,     /* stay; `issues` say what to mend */
    KIOSK_OUTCOME_RECORD = 3,   /* keep the form's submission; `name`: a repeat whose instances are one record each */
    KIOSK_OUTCOME_AMEND = 4,    /* what was kept after one tap stays; ask the remaining questions, then amend it */
    KIOSK_OUTCOME_PRINT = 5,    /* print the document layout `name` */
    KIOSK_OUTCOME_WITHDRAW = 6, /* withdraw what was recorded under the code `name` */
    KIOSK_OUTCOME_FINISH = 7    /* nothing more to do */
};
enum { KIOSK_RECORD_HAS_WITHDRAWAL_CODE = 1u << 0 };

typedef struct kiosk_issue {
    kiosk_str path;
    kiosk_text message;
} kiosk_issue;

typedef struct kiosk_outcome {
    uint32_t struct_size;
    uint32_t kind;         /* KIOSK_OUTCOME_… */
    uint32_t flags;        /* KIOSK_RECORD_… */
    uint32_t undo_seconds; /* how long "change my mind" is offered after record or amend: 0 (not at all) to 60 */
    kiosk_str name;
    const kiosk_issue* issues;
    size_t issue_count; /* at most 64 */
} kiosk_outcome;

typedef struct kiosk_outcome_sink kiosk_outcome_sink;
struct kiosk_outcome_sink {
    uint32_t struct_size;
    void* context;
    /* Called exactly once in a submit() that returns KIOSK_OK. [main-thread] */
    void (*take)(const kiosk_outcome_sink* sink, const kiosk_outcome* outcome);
};

typedef struct kiosk_visit kiosk_visit;
struct kiosk_visit {
    uint32_t struct_size;
    void* self;

    /* What the visitor sees now; after a submit() that recorded: the page that thanks them. Taking the record back ends
     * the visit. Changes nothing: two calls in a row describe the same. [main-thread] */
    kiosk_status (*describe)(const kiosk_visit* visit, const kiosk_screen* screen);
    /* The visitor pressed the main button. Answers under paths it does not know are not the visit's concern. [main-thread] */
    kiosk_status (*submit)(const kiosk_visit* visit, const kiosk_answer* answers, size_t answer_count,
                           const kiosk_outcome_sink* sink);
    void (*destroy)(const kiosk_visit* visit); /* [main-thread] */
};

#ifdef __cplusplus
}
#endif

#endif
