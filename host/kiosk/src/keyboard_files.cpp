#include "keyboard_files.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace kiosk {
namespace {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, const char* extension) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none))
        if (entry.path().extension() == extension) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

// One word a line, the likeliest first; # begins a comment.
std::vector<std::string> words_in(const std::filesystem::path& file) {
    std::vector<std::string> words;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty() && line.front() != '#') words.push_back(std::move(line));
    }
    return words;
}

}  // namespace

core::Result<app::Keyboards> read_keyboards(const std::filesystem::path& keyboards, const std::filesystem::path& words) {
    app::Keyboards all;
    for (const std::filesystem::path& file : files_in(keyboards, ".keys")) {
        std::ifstream in(file, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        auto keyboard = text::parse_keyboard(content);
        if (!keyboard) {
            core::Error error = keyboard.error();
            error.message.vi = file.string() + ": " + error.message.vi;
            error.message.en = file.string() + ": " + error.message.en;
            return error;
        }
        all.by_name.emplace(file.stem().string(), std::move(*keyboard));
    }
    std::vector<std::string> list;
    for (const std::filesystem::path& file : files_in(words, ".txt"))
        for (std::string& word : words_in(file)) list.push_back(std::move(word));
    all.words = text::Suggestions(list);
    return all;
}

}  // namespace kiosk
