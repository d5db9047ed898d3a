// FormLibrary: the forms of this kiosk by id: those shipped, overridden by those in its data directory. A form that
// cannot be read, or an id that two files of one place claim, is kept as the Error that says so. One thread at a time.
#pragma once

#include <kiosk/core/result.hpp>
#include <kiosk/forms/diagnosis.hpp>
#include <kiosk/forms/form.hpp>
#include <kiosk/forms/form_cache.hpp>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

class FormLibrary {
  public:
    // places: later ones override earlier ones.
    explicit FormLibrary(std::vector<std::filesystem::path> places);

    // Reads again what changed on disk. True: something did.
    bool refresh();

    core::Result<std::shared_ptr<const forms::Form>> find(const std::string& id) const;

    // The file or folder it was read from; empty: there is none.
    std::filesystem::path file_of(const std::string& id) const;
    // Every readable form that is the one in force, in order.
    std::vector<std::string> ids() const;

    // The ids of the readable forms a manifest may show, in order.
    std::vector<std::string> matching(const std::vector<std::string>& manifest_forms) const;

    // What could not be read, for `doctor`.
    std::vector<core::Error> problems() const;

  private:
    using Entry = core::Result<std::shared_ptr<const forms::Form>>;
    using Shelf = std::map<std::string, Entry>;
    struct Stamp {
        std::string file;
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
        bool operator==(const Stamp&) const = default;
    };

    static std::vector<Stamp> stamps(const std::filesystem::path& place);

    struct Place {
        std::filesystem::path folder;
        std::vector<Stamp> stamps;
        Shelf shelf;
        std::map<std::string, std::filesystem::path> files;   // of what is on the shelf
    };
    void read(Place& place);

    std::vector<Place> places_;
    forms::FormCache cache_;  // a form whose files are what they were is not read again
};

}  // namespace kiosk
