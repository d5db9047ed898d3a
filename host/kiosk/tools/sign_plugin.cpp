// sign-plugin KEYS FOLDER...: signs every file of plugins that were just built with the build's own key, made in KEYS
// (development.key, development.pub) the first time. So a development build loads plugins as a shipped one does: only
// signed ones. Suppliers sign with the program minisign (plugins/README.md).
#include <kiosk/sealing/minisign.hpp>

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace kiosk;

std::string read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& file, std::string_view text) {
    std::ofstream stream(file, std::ios::binary);
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

template <class T>
T value_of(core::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message.en);
    return std::move(*result);
}

// A build signs several plugins at once, and they are to have one key.
class Turn {
  public:
    explicit Turn(const fs::path& folder) : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX) != 0) throw std::runtime_error("cannot lock " + folder.string());
    }
    ~Turn() { ::close(descriptor_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    int descriptor_;
};

sealing::MinisignSecretKey own_key(const fs::path& keys) {
    const fs::path file = keys / "development.key";
    fs::create_directories(keys);
    const Turn turn(keys);
    if (fs::exists(file)) return value_of(sealing::MinisignSecretKey::parse(read(file)));
    sealing::MinisignSecretKey key = sealing::MinisignSecretKey::generate();
    const sealing::SecretBytes text = value_of(key.to_file());
    ::umask(0077);
    write(file, {reinterpret_cast<const char*>(text.data()), text.size()});
    ::umask(0022);
    write(keys / "development.pub", key.public_key().to_file());
    return key;
}

void sign(const sealing::MinisignSigner& signer, const fs::path& folder) {
    const auto manifest = nlohmann::json::parse(read(folder / "manifest.json"));
    const std::string who = manifest.at("id").get<std::string>() + " " + manifest.at("version").get<std::string>() + " ";
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() != ".minisig") files.push_back(entry.path());
    for (const fs::path& file : files) {
        const std::string bytes = read(file);
        const core::ByteView view(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size());
        write(file.string() + ".minisig", value_of(signer.sign(view, who + fs::relative(file, folder).string())));
    }
}

}  // namespace

int main(int count, char** words) {
    if (count < 3) {
        std::cerr << "usage: sign-plugin KEYS FOLDER...\n";
        return 2;
    }
    try {
        const sealing::MinisignSigner signer(own_key(words[1]));
        for (int i = 2; i < count; ++i) sign(signer, words[i]);
    } catch (const std::exception& error) {
        std::cerr << "sign-plugin: " << error.what() << '\n';
        return 1;
    }
    return 0;
}
