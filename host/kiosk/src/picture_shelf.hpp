// PictureShelf: the pictures of this kiosk's forms, read by a thread of its own so that no visitor waits for one. What is
// missing, damaged or too much is left out, and named for `doctor`; its page does with words.
//
// Borrows nothing. show() and find() on the main thread; `wake` is called by the reading thread when a picture has come.
#pragma once

#include <kiosk/core/image.hpp>
#include <kiosk/core/result.hpp>

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kiosk {

class FormLibrary;

class PictureShelf final : public core::PictureSource {
  public:
    static constexpr std::size_t kMostBytes = std::size_t{48} << 20;       // of all pictures together, as pixels
    static constexpr std::size_t kMostFileBytes = std::size_t{8} << 20;

    explicit PictureShelf(std::function<void()> wake);
    ~PictureShelf() override;
    PictureShelf(const PictureShelf&) = delete;
    PictureShelf& operator=(const PictureShelf&) = delete;

    // The pictures of these forms, and no others, from now on.
    void show(const FormLibrary& forms);
    // Until every one of them has been read: for pictures of pages, and for `doctor`.
    void wait() const;
    std::vector<core::Error> problems() const;

    std::shared_ptr<const core::Image> find(std::string_view name) const override;
    std::uint64_t version() const override;

  private:
    struct Wanted {
        std::string name;                                 // "FORM/FILE"
        std::vector<std::filesystem::path> folders;
    };
    void read_all();
    core::Result<core::Image> read(const Wanted& wanted) const;

    const std::function<void()> wake_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<Wanted> wanted_;                          // to be read, the next one last
    bool is_reading_ = false, is_ending_ = false;
    std::uint64_t version_ = 0, shown_ = 0;               // shown_: how often show() was called
    std::size_t bytes_ = 0;
    std::map<std::string, std::shared_ptr<const core::Image>, std::less<>> pictures_;
    std::map<std::string, core::Error> problems_;
    std::thread thread_;                                  // none until there is a picture to read
};

}  // namespace kiosk
