#include "domain/circles/api.h"

#include <algorithm>

#include "domain/circles/facts.h"

namespace linli::circles {

namespace {

constexpr time::Instant kFresh = time::kMinute;
constexpr size_t kMostPlacesKept = 50;

region::Code installed(const host::Services& services) {
  const auto code = region::Code::parse(services.settings.region);
  return code ? *code : region::Code();
}

}  // namespace

Result<std::shared_ptr<const Way>> Circles::way(host::Services& services,
                                                const std::string& profile) {
  return streets_.way(*services.content, services.settings.data_folder, profile);
}

std::shared_ptr<const std::vector<Facility>> Circles::facilities(host::Services& services,
                                                                 time::Instant now) {
  const std::scoped_lock lock(mutex_);
  if (facilities_ == nullptr || now - facilities_at_ > kFresh || now < facilities_at_) {
    facilities_ = std::make_shared<std::vector<Facility>>(
        MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Facility>> {
          return circles::facilities(tx, services, installed(services));
        })));
    facilities_at_ = now;
  }
  return facilities_;
}

Result<PlaceCircle> Circles::coverage(host::Services& services, std::string_view circle,
                                      region::Code place, const std::vector<Trial>& trials,
                                      time::Instant now) {
  const auto& all = services.content->circles;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const pack::Circle& one) { return one.key == circle; });
  if (found == all.end())
    return refuse(ErrorKind::not_found, "circle.unknown", std::string(circle));
  if (found->needs.size() > geo::kLanes) return refuse(ErrorKind::invalid, "circle.too_many_needs");
  if (place.level() < region::Level::county)
    return refuse(ErrorKind::invalid, "circle.place_too_large");
  const auto way = TRY(this->way(services, found->mode));
  const auto known = facilities(services, now);
  PlaceCircle made;
  made.has_map = way->travel != nullptr;
  {
    const std::scoped_lock lock(mutex_);
    People& people = people_[place];
    if (people.at == 0 || now - people.at > kFresh || now < people.at) {
      people.villages =
          MUST(services.database.read([&](db::Tx& tx) -> Result<std::vector<Village>> {
            return circles::villages(tx, services, place);
          }));
      people.at = now;
    }
    made.villages = people.villages;
    made.as_of = std::min(people.at, facilities_at_);
    if (people_.size() > kMostPlacesKept) people_.clear();
  }
  made.rows = evaluate(*way, *found, made.villages, *known);
  if (!trials.empty()) {
    made.tried = evaluate(*way, *found, made.villages, TRY(after(*known, trials)));
  }
  return made;
}

}  // namespace linli::circles
