// Functions over places: "latitude longitude [altitude [accuracy]]", several of them separated by semicolons.

#include "evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace kiosk::forms {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEarthRadiusMetres = 6'378'100;   // the one ODK's tools agree on

struct Place {
    double latitude = 0;
    double longitude = 0;
    bool operator==(const Place&) const = default;
};

// Empty if any of them is not a place.
std::optional<std::vector<Place>> parse_places(const std::vector<std::string>& texts) {
    std::vector<Place> places;
    for (const std::string& text : texts) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(';', at), text.size());
            const std::vector<std::string_view> words = words_of(std::string_view(text).substr(at, end - at));
            const bool is_trailing = words.empty() && end == text.size() && at > 0;
            at = end + 1;
            if (is_trailing) continue;
            if (words.size() < 2 || words.size() > 4) return std::nullopt;
            const Place place{parse_number(words[0]), parse_number(words[1])};
            if (!(std::abs(place.latitude) <= 90 && std::abs(place.longitude) <= 180)) return std::nullopt;
            places.push_back(place);
        }
    }
    return places;
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }
double to_centimetres(double metres) { return std::round(std::abs(metres) * 100) / 100; }

double distance_of(const std::vector<Place>& places) {
    if (places.size() < 2) return kNaN;
    double total = 0;
    for (std::size_t i = 1; i < places.size(); ++i) {
        const Place& from = places[i - 1];
        const Place& to = places[i];
        if (from == to) continue;
        const double cosine = std::sin(radians(from.latitude)) * std::sin(radians(to.latitude)) +
                              std::cos(radians(from.latitude)) * std::cos(radians(to.latitude)) *
                                  std::cos(radians(from.longitude - to.longitude));
        total += std::acos(std::clamp(cosine, -1.0, 1.0)) * kEarthRadiusMetres;
    }
    return to_centimetres(total);
}

double area_of(std::vector<Place> places) {
    if (places.size() < 2) return kNaN;
    if (places.size() < 3) return 0;
    if (places.front() != places.back()) places.push_back(places.front());
    double total = 0;
    for (std::size_t i = 1; i < places.size(); ++i)
        total += radians(places[i].longitude - places[i - 1].longitude) *
                 (2 + std::sin(radians(places[i].latitude)) + std::sin(radians(places[i - 1].latitude)));
    return to_centimetres(total * kEarthRadiusMetres * kEarthRadiusMetres / 2);
}

bool is_inside(const Place& place, const std::vector<Place>& shape) {
    bool inside = false;
    for (std::size_t i = 0, j = shape.size() - 1; i < shape.size(); j = i++) {
        const Place& a = shape[i];
        const Place& b = shape[j];
        if ((a.longitude > place.longitude) == (b.longitude > place.longitude)) continue;
        const double at = (b.latitude - a.latitude) * (place.longitude - a.longitude) / (b.longitude - a.longitude) + a.latitude;
        if (place.latitude < at) inside = !inside;
    }
    return inside;
}

double turn(const Place& a, const Place& b, const Place& c) {
    return (b.longitude - a.longitude) * (c.latitude - a.latitude) - (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

// Whether a trace crosses itself: two of its segments that are not neighbours meet.
bool crosses_itself(const std::vector<Place>& places) {
    const std::size_t count = places.size();
    for (std::size_t i = 0; i + 1 < count; ++i) {
        for (std::size_t j = i + 2; j + 1 < count; ++j) {
            if (i == 0 && j + 2 == count && places.front() == places.back()) continue;
            const double a = turn(places[i], places[i + 1], places[j]) * turn(places[i], places[i + 1], places[j + 1]);
            const double b = turn(places[j], places[j + 1], places[i]) * turn(places[j], places[j + 1], places[i + 1]);
            if (a <= 0 && b <= 0) return true;
        }
    }
    return false;
}

}  // namespace

std::optional<Value> Evaluator::call_geography(const ExpressionNode& node, const Focus& focus) {
    switch (node.function) {
        case Function::area: case Function::distance: {
            const std::optional<std::vector<Place>> places = parse_places(texts(node, 0, focus));
            if (!places) return kNaN;
            return node.function == Function::area ? area_of(*places) : distance_of(*places);
        }
        case Function::geofence: {
            const std::optional<std::vector<Place>> place = parse_places({text(node, 0, focus)});
            const std::optional<std::vector<Place>> shape = parse_places({text(node, 1, focus)});
            return place && shape && place->size() == 1 && shape->size() > 2 && is_inside(place->front(), *shape);
        }
        case Function::intersects: {
            const std::optional<std::vector<Place>> places = parse_places({text(node, 0, focus)});
            return places && context_.spend(places->size() * places->size()) && crosses_itself(*places);
        }
        default: return std::nullopt;
    }
}

}  // namespace kiosk::forms
