#include "picture_shelf.hpp"

#include "form_library.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/raster/image_file.hpp>

#include <utility>

namespace kiosk {
namespace {

core::Error about(const std::string& name, core::Error error) {
    error.message.vi = "Hình " + name + ": " + error.message.vi;
    error.message.en = "Picture " + name + ": " + error.message.en;
    return error;
}

core::Error missing() {
    return {"picture.missing", {"Không có tệp này, hoặc tệp lớn hơn 8 MB. Chép ảnh vào cạnh biểu mẫu; trang vẫn hiện chữ.",
                                "There is no such file, or it is larger than 8 MB. Copy it beside the form; the page shows its words meanwhile."}};
}

core::Error no_room() {
    return {"picture.no_room", {"Các ảnh khác đã chiếm hết bộ nhớ dành cho ảnh. Bớt ảnh hoặc thu nhỏ ảnh.",
                                "The other pictures fill the memory there is for pictures. Use fewer or smaller ones."}};
}

}  // namespace

PictureShelf::PictureShelf(std::function<void()> wake) : wake_(std::move(wake)) {}

PictureShelf::~PictureShelf() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void PictureShelf::show(const FormLibrary& forms) {
    std::vector<Wanted> wanted;
    for (const std::string& id : forms.ids())
        for (std::string& file : forms::pictures_of(**forms.find(id)))
            wanted.insert(wanted.begin(), {id + "/" + std::move(file), forms::media_folders(forms.file_of(id))});
    const std::lock_guard lock(mutex_);
    pictures_.clear();
    problems_.clear();
    bytes_ = 0;
    ++version_;
    ++shown_;
    wanted_ = std::move(wanted);
    if (!wanted_.empty() && !thread_.joinable()) thread_ = std::thread([this] { read_all(); });
    changed_.notify_all();
}

void PictureShelf::wait() const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return wanted_.empty() && !is_reading_; });
}

void PictureShelf::read_all() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return !wanted_.empty() || is_ending_; });
        if (is_ending_) return;
        const Wanted next = std::move(wanted_.back());
        wanted_.pop_back();
        is_reading_ = true;
        const std::uint64_t asked = shown_;
        lock.unlock();
        auto picture = read(next);
        lock.lock();
        is_reading_ = false;
        if (shown_ == asked) {   // else the forms have changed meanwhile
            ++version_;
            const std::size_t bytes = picture ? picture->pixels.size() * sizeof(std::uint32_t) : 0;
            if (picture && bytes_ + bytes > kMostBytes) picture = no_room();
            if (picture) bytes_ += bytes, pictures_[next.name] = std::make_shared<const core::Image>(std::move(*picture));
            else problems_.insert_or_assign(next.name, about(next.name, picture.error()));
        }
        changed_.notify_all();
        if (wanted_.empty() && wake_) wake_();
    }
}

core::Result<core::Image> PictureShelf::read(const Wanted& wanted) const {
    forms::Limits limits;
    limits.file_bytes = kMostFileBytes;
    const std::string file = wanted.name.substr(wanted.name.find('/') + 1);
    for (const std::filesystem::path& folder : wanted.folders)
        if (const auto bytes = forms::files_in(folder, limits)(file)) return raster::read_image(*bytes);
    return missing();
}

std::vector<core::Error> PictureShelf::problems() const {
    const std::lock_guard lock(mutex_);
    std::vector<core::Error> all;
    for (const auto& [name, problem] : problems_) all.push_back(problem);
    return all;
}

std::shared_ptr<const core::Image> PictureShelf::find(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = pictures_.find(name);
    return found == pictures_.end() ? nullptr : found->second;
}

std::uint64_t PictureShelf::version() const {
    const std::lock_guard lock(mutex_);
    return version_;
}

}  // namespace kiosk
