#include "memory_search.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unistd.h>

namespace kiosk::e2e {
namespace {

constexpr std::size_t kPiece = 8;
constexpr std::string_view kSigned = "stroke-linejoin=\"round\" d=\"M";   // in the program's text no M follows

std::vector<std::string> pieces() {
    std::vector<std::string> all{std::string(kSigned)};
    for (const std::string_view text : {kLong, kShort})
        for (std::size_t at = 0; at + kPiece <= text.size(); ++at) all.emplace_back(text.substr(at, kPiece));
    return all;
}

int count_in(const std::string& content, const std::vector<std::string>& wanted) {
    int found = 0;
    for (const std::string& piece : wanted)
        for (std::size_t at = content.find(piece); at != std::string::npos; at = content.find(piece, at + 1)) ++found;
    return found;
}

std::string taps(std::string_view letters) {
    std::string steps;
    for (const char letter : letters) steps += std::string("{\"tap\":\"key.") + letter + "\"}\n";
    return steps;
}

std::string typed(std::string_view letters) {
    std::string steps;
    for (const char letter : letters) steps += std::string("{\"type\":\"") + letter + "\"}\n";
    return steps;
}

}  // namespace

void ask_for_words_and_a_signature(const DataFolder& data) {
    data.put_review("text,viec,Việc đã làm,multiline,no\ntext,ten,Họ và tên,,no\nimage,ky,Chữ ký,signature,no\n");
}

std::string typed_and_signed() {
    return kToTheReview + "{\"expect\":{\"page\":\"question\",\"item\":\"field.viec\"}}\n" + taps(kLong) +
           "{\"tap\":\"action.next\"}\n{\"expect\":{\"item\":\"field.ten\"}}\n" + typed(kShort) +
           "{\"tap\":\"action.next\"}\n{\"expect\":{\"item\":\"field.ky\"}}\n"
           "{\"drag_mm\":[[40,200],[160,215]],\"ms\":200}\n{\"drag_mm\":[[60,220],[150,205]],\"ms\":200}\n";
}

int found_in(pid_t pid) {
    const std::vector<std::string> wanted = pieces();
    std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
    const int memory = open(("/proc/" + std::to_string(pid) + "/mem").c_str(), O_RDONLY);
    REQUIRE(memory >= 0);
    int found = 0;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0, end = 0;
        char dash = 0;
        std::string access;
        std::istringstream fields(line);
        fields >> std::hex >> begin >> dash >> end >> access;
        if (!access.starts_with("rw") || line.find("[v") != std::string::npos) continue;
        std::string content(static_cast<std::size_t>(end - begin), '\0');
        const ssize_t got = pread(memory, content.data(), content.size(), static_cast<off_t>(begin));
        if (got <= 0) continue;
        content.resize(static_cast<std::size_t>(got));
        found += count_in(content, wanted);
    }
    close(memory);
    return found;
}

std::vector<pid_t> family_of(pid_t pid) {
    std::vector<pid_t> family{pid};
    std::ifstream children("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
    for (pid_t child = 0; children >> child;)
        for (const pid_t member : family_of(child)) family.push_back(member);
    return family;
}

int found_in_family(pid_t pid) {
    int found = 0;
    for (const pid_t member : family_of(pid)) found += found_in(member);
    return found;
}

int found_in_files(const std::filesystem::path& folder) {
    const std::vector<std::string> wanted = pieces();
    int found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(file), {}};
        if (count_in(content, wanted) > 0) ++found;
    }
    return found;
}

}  // namespace kiosk::e2e
