// Organisations the office vouches for. It gives each a code, and the kiosks a list of the codes' hashes; a visitor who
// enters the code speaks for the organisation, and the record says so. The list holds nothing secret.
//
//     feedback-kiosk organisations 1
//     0A1<TAB>hoi_nong_dan<TAB>$argon2id$…<TAB>Hội Nông dân xã Thạnh Mỹ
//
// Pure but for the randomness passed in; any thread. Reading is strict: a list that was damaged vouches for nobody.
#pragma once

#include <kiosk/core/random.hpp>
#include <kiosk/core/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::core {

// "0A1-7KQ2M-9XP4H": which organisation, 45 random bits, a letter that checks the others.
class OrganisationCode {
  public:
    static OrganisationCode make(std::string_view number, Random& random);
    // As people type it (see WithdrawalCode). Nothing: mistyped.
    static std::optional<OrganisationCode> parse(std::string_view text);

    std::string to_string() const;
    std::string_view number() const { return std::string_view(letters_).substr(0, 3); }   // "0A1"
    const std::string& letters() const { return letters_; }                              // what is hashed; secret

  private:
    std::string letters_;
};

struct Organisation {
    std::string number;              // "0A1", unique
    std::string kind;                // as forms name it: "hoi_nong_dan", "chi_bo"
    std::string hash;                // Argon2id of the code's letters, in the PHC format
    std::string name;                // "Hội Nông dân xã Thạnh Mỹ"

    bool operator==(const Organisation&) const = default;
};

inline constexpr std::string_view kOrganisationsFile = "data/organisations.tsv";   // in a form pack

// The first of kMaximumOrganisations numbers that none of these has.
inline constexpr std::size_t kMaximumOrganisations = 32 * 32 * 32;
std::optional<std::string> free_number(const std::vector<Organisation>& organisations);

std::string write_organisations(const std::vector<Organisation>& organisations);
Result<std::vector<Organisation>> read_organisations(std::string_view text);   // organisations.malformed

}  // namespace kiosk::core
