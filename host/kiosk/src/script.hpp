// The scripted visitor of `play`: steps from a file of JSON lines, and their doing through the Glass, as a finger would.
// Reading fails with the line that is no step; doing a step fails when it finds nothing to act on or is not what was
// expected.
#pragma once

#include "glass.hpp"
#include "virtual_clock.hpp"

#include <kiosk/core/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk {

struct TapItem { std::string item; };
struct TapAt { float x_mm = 0, y_mm = 0; };
struct Drag { float from_x_mm = 0, from_y_mm = 0, to_x_mm = 0, to_y_mm = 0; core::SteadyTime duration{300}; };
struct PressKey { std::string key; };
struct TypeText { std::string text; };
struct Wait { core::SteadyTime duration{}; };
struct Hold { core::SteadyTime duration{}; };   // real time, whatever the clock
struct DumpPage { std::string name; };
struct Expect {
    std::string page;                        // empty: any
    std::string item;                        // must be there
    std::string absent;                      // must not be there
    std::optional<std::string> label, value; // of item
    std::optional<bool> selected;
    std::optional<std::string> focus;        // the item that has it; empty: none has
};
using ScriptStep = std::variant<TapItem, TapAt, Drag, PressKey, TypeText, Wait, Hold, DumpPage, Expect>;

core::Result<std::vector<ScriptStep>> read_script(const std::filesystem::path& file);

// How time passes while a script plays: at once, or as it does.
class Pace {
  public:
    virtual ~Pace() = default;
    virtual core::SteadyTime now() const = 0;
    virtual void pass(core::SteadyTime duration) = 0;
};

class ScriptedVisitor {
  public:
    ScriptedVisitor(Machine& machine, Glass& glass, Pace& pace) : machine_(machine), glass_(glass), pace_(pace) {}

    // Empty: done; else what went wrong.
    std::string act(const ScriptStep& step);

  private:
    std::string act_on(const TapItem& step);
    std::string act_on(const TapAt& step);
    std::string act_on(const Drag& step);
    std::string act_on(const PressKey& step);
    std::string act_on(const TypeText& step);
    std::string act_on(const Wait& step);
    std::string act_on(const Hold& step);
    std::string act_on(const DumpPage&) { return {}; }
    std::string act_on(const Expect& step);
    void wait(core::SteadyTime duration);
    void finger(app::Finger::Phase phase, float x_mm, float y_mm);

    Machine& machine_;
    Glass& glass_;
    Pace& pace_;
    bool has_tapped_ = false;
};

}  // namespace kiosk
