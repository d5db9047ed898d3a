// The plugin's own test: no kiosk, no screen, no framework. Each line is a visitor.

#include <kiosk/sdk/testing.hpp>

#include <cstdio>

namespace {

int failures = 0;

void expect(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "FAILED: %s\n", what);
    ++failures;
}

}  // namespace

int main() {
    using kiosk::Outcome;
    using kiosk::testing::VisitDriver;

    VisitDriver visit(kiosk_plugin);
    expect(visit.describe().transcript() == "form @activity_id@\n", "the visit begins with the form");
    expect(visit.submit() == Outcome::stay({{"/data/comment", "say_something"}}), "nothing said is not recorded");
    expect(visit.submit({{"/data/comment", "Cảm ơn"}}).kind() == Outcome::Kind::record, "a comment is recorded");
    expect(visit.describe().transcript() == "receipt \"thanks\"\n", "the visitor is thanked");
    return failures == 0 ? 0 : 1;
}
