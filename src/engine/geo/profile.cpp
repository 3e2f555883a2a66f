#include "engine/geo/profile.h"

#include <algorithm>

namespace linli::geo {

namespace {

constexpr double kFastest = 200;
constexpr std::string_view kSpeedOnKind = "_kmh";

// Where the attribute's number belongs; nullptr: no such attribute.
double* place_of(Profile& profile, std::string_view name) {
  if (name == "speed_kmh") return &profile.speed_kmh;
  if (name == "steps_kmh") return &profile.steps_kmh;
  if (name == "approach_kmh") return &profile.approach_kmh;
  if (name == "detour") return &profile.detour;
  if (!name.ends_with(kSpeedOnKind)) return nullptr;
  name.remove_suffix(kSpeedOnKind.size());
  const auto* kind = std::find(kStreetKindNames.begin(), kStreetKindNames.end(), name);
  if (kind == kStreetKindNames.end()) return nullptr;
  return &profile.kind_kmh[static_cast<size_t>(kind - kStreetKindNames.begin())];
}

}  // namespace

Result<Profile> read_profile(std::string_view key,
                             const std::map<std::string, json::Value>& attributes) {
  const auto wrong = [&](std::string_view name) {
    return refuse(ErrorKind::invalid, "profile.invalid",
                  std::string(key) + "." + std::string(name));
  };
  Profile profile;
  profile.key = key;
  bool has_mode = false;
  for (const auto& [name, value] : attributes) {
    if (name == "basis") continue;  // for people: where the number comes from
    if (name == "mode") {
      const auto* mode = std::find(kModeNames.begin(), kModeNames.end(),
                                   value.is_string() ? value.as_string() : "");
      if (mode == kModeNames.end()) return wrong(name);
      profile.mode = static_cast<Mode>(mode - kModeNames.begin());
      has_mode = true;
      continue;
    }
    double* place = place_of(profile, name);
    if (place == nullptr || !value.is_number()) return wrong(name);
    *place = value.as_number();
    if (!(*place > 0 && *place <= kFastest)) return wrong(name);
  }
  if (!has_mode) return wrong("mode");
  if (profile.speed_kmh <= 0) return wrong("speed_kmh");
  if (!(profile.detour >= 1 && profile.detour <= 3)) return wrong("detour");
  if (profile.approach_kmh <= 0) profile.approach_kmh = profile.speed_kmh;
  return profile;
}

}  // namespace linli::geo
