#include "domain/circles/streets.h"

#include <cmath>

#include "engine/geo/network_build.h"

namespace linli::circles {

namespace {

constexpr std::string_view kProfiles = "travel_profile";

Result<geo::Profile> profile_named(const pack::Content& content, const std::string& key) {
  const pack::ChoiceList* list = content.list(kProfiles);
  const pack::Choice* choice = list == nullptr ? nullptr : list->find(key);
  if (choice == nullptr) return refuse(ErrorKind::not_found, "profile.unknown", key);
  return geo::read_profile(key, choice->attributes);
}

}  // namespace

geo::Location on_map(places::Point point) {
  return {static_cast<int32_t>(std::lround(point.lon * 1e7)),
          static_cast<int32_t>(std::lround(point.lat * 1e7))};
}

places::Point off_map(geo::Location location) {
  return {location.lon * 1e-7, location.lat * 1e-7};
}

geo::Snapped Way::snap(places::Point point) const {
  if (travel == nullptr) return {};
  return travel->snapper().snap(on_map(point), geo::kDoorLimitM);
}

double Way::straight_seconds(places::Point from, places::Point to) const {
  return geo::distance_m(on_map(from), on_map(to)) * profile.detour / (profile.speed_kmh / 3.6);
}

std::string map_version(const std::string& data_folder) {
  const std::filesystem::path path = std::filesystem::path(data_folder) / geo::kNetworkFile;
  std::error_code missing;
  const auto written = std::filesystem::last_write_time(path, missing);
  if (missing) return {};
  return std::to_string(written.time_since_epoch().count()) + "/" +
         std::to_string(std::filesystem::file_size(path, missing));
}

Result<std::shared_ptr<const Way>> Streets::way(const pack::Content& content,
                                                const std::string& data_folder,
                                                const std::string& profile) {
  const std::scoped_lock lock(mutex_);
  const std::filesystem::path path = std::filesystem::path(data_folder) / geo::kNetworkFile;
  std::error_code missing;
  const auto written = std::filesystem::last_write_time(path, missing);
  const auto now_there = missing ? std::filesystem::file_time_type::min() : written;
  if (now_there != opened_) {  // a map was imported meanwhile
    ways_.clear();
    opened_ = now_there;
  }
  if (const auto known = ways_.find(profile); known != ways_.end()) return known->second;
  auto made = std::make_shared<Way>();
  made->profile = TRY(profile_named(content, profile));
  if (!missing) {
    made->file = TRY(geo::NetworkFile::open(path.string()));
    made->travel = std::make_unique<geo::Travel>(made->file->network(), made->profile);
  }
  ways_[profile] = made;
  return std::shared_ptr<const Way>(made);
}

}  // namespace linli::circles
