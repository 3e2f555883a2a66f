// The installation's streets: network.map of the data folder, opened once and made ready for each
// way to travel when it is first asked for. Safe for many threads.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/places/types.h"
#include "engine/geo/isochrone.h"
#include "engine/geo/network_file.h"
#include "engine/pack/types.h"

namespace linli::circles {

// A way to travel with the streets for it; without a map only the profile, for straight lines.
struct Way {
  geo::Profile profile;
  std::optional<geo::NetworkFile> file;
  std::unique_ptr<geo::Travel> travel;  // null: there is no map

  geo::Snapped snap(places::Point point) const;  // never a street without a map
  double straight_seconds(places::Point from, places::Point to) const;
};

geo::Location on_map(places::Point point);
places::Point off_map(geo::Location location);

// Says which map lies in the folder: another text for another one; empty without any.
std::string map_version(const std::string& data_folder);

class Streets {
 public:
  // Refuses `profile.unknown`, `profile.invalid` and what NetworkFile::open refuses of a file that
  // is there.
  Result<std::shared_ptr<const Way>> way(const pack::Content& content,
                                         const std::string& data_folder,
                                         const std::string& profile);

 private:
  std::mutex mutex_;
  std::filesystem::file_time_type opened_;
  std::map<std::string, std::shared_ptr<const Way>> ways_;
};

}  // namespace linli::circles
