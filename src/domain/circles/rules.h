// Who is in reach of what: pure computation over facts and streets.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/circles/streets.h"
#include "domain/circles/types.h"
#include "engine/geo/door_times.h"
#include "engine/geo/door_trials.h"
#include "engine/pack/types.h"

namespace linli::circles {

// Facilities in service within so many seconds of the point, the nearest first.
std::vector<Reached> in_reach(const Way& way, const std::vector<Facility>& facilities,
                              places::Point from, double seconds);

// Where a place's services are: the median of its facilities in service, north and east apart. None
// where it has none.
std::optional<places::Point> middle_of(const std::vector<Facility>& facilities, region::Code place);

// What trials come to: facilities that close, by their place in the list, and new ones. Refuses
// `circle.nothing_to_close`.
struct Changes {
  std::vector<size_t> closed;
  std::vector<Facility> added;
  std::vector<Trial::Path> paths;
};
Result<Changes> changes_of(const std::vector<Facility>& facilities,
                           const std::vector<Trial>& trials);

// How long it takes from any home to what each need of a circle asks for: to the nearest facility
// of its kinds, or to the n-th where it asks for n. For one way to travel; made once, asked often.
// All that it is made of must outlive it.
class NeedTimes {
 public:
  enum class Use { as_it_is, to_try };
  NeedTimes(const Way& way, const pack::Circle& circle, const std::vector<Facility>& facilities,
            Use use = Use::as_it_is);

  struct Answer {
    std::vector<double> seconds;  // by need; far beyond any limit where there is none
    bool estimate = false;        // by the straight line: no street is near, or there is no map
    bool unconnected = false;     // there is a map, but no street of the mainland near
  };
  Answer of(places::Point home);

  // Of one that is made to try. A path counts for needs that ask for one facility; it refuses
  // `circle.no_street_near` where an end has no street. What was tried is taken back together.
  void close(size_t facility);  // its place in the list
  void add(const Facility& facility);
  Result<std::array<places::Point, 2>> open_path(const Trial::Path& path);  // as it joins streets
  void take_back();
  // How far from a change, as the crow flies, somebody may live whose times it can change.
  double widest_m() const;

 private:
  struct Target {
    places::Point point;
    geo::Anchor anchor;
    std::vector<size_t> needs;
    size_t facility = 0;
  };
  void target(const Facility& facility, size_t number);
  const geo::Snapped& snapped(places::Point home);
  double straight(places::Point home, const Target& target) const;
  void count_out(places::Point home, const geo::Anchor& anchor, Answer& answer);

  const Way& way_;
  const pack::Circle& circle_;
  std::vector<Target> targets_;
  double longest_ = 0;  // seconds that any need that asks for several allows; 0: none does
  std::optional<geo::DoorTimes> nearest_;
  std::optional<geo::DoorTrials> trials_;
  std::optional<geo::Isochrones> search_;
  bool kept_ = false;  // where homes meet the streets
  std::unordered_map<uint64_t, geo::Snapped> snapped_;
  size_t targets_before_ = 0;
  std::vector<std::pair<size_t, std::vector<size_t>>> closed_;  // targets with the needs they had
};

// A circle made ready for every way to travel that it names.
class CircleTimes {
 public:
  // `way` gives the streets of a profile.
  using WayOf = std::function<Result<std::shared_ptr<const Way>>(const std::string& profile)>;
  static Result<CircleTimes> make(const pack::Content& content, const pack::Circle& circle,
                                  const std::vector<Facility>& facilities, const WayOf& way,
                                  NeedTimes::Use use = NeedTimes::Use::as_it_is);

  const pack::Circle& circle() const { return *circle_; }
  const pack::Content& content() const { return *content_; }
  size_t ways() const { return times_.size(); }
  // Which way residents of these groups travel, as a number below ways().
  size_t way_of(uint64_t groups) const;
  const Way& streets(size_t way) const { return *held_[way]; }
  NeedTimes& times(size_t way) { return *times_[way]; }

 private:
  const pack::Content* content_ = nullptr;
  const pack::Circle* circle_ = nullptr;
  std::vector<std::shared_ptr<const Way>> held_;
  std::vector<std::unique_ptr<NeedTimes>> times_;
  std::vector<std::pair<uint64_t, size_t>> others_;  // group's bit, way
};

// The rows of a village: of every need with a time for such places, and of all together; of every
// group of the circle to which somebody belongs. None where the circle needs nothing here.
std::vector<Reach> evaluate(CircleTimes& times, const Village& village);

// A village's rows of one circle, for one group, beside each other.
VillageCircle summary(const pack::Circle& circle, region::Code village, std::optional<bool> urban,
                      std::string_view group, const std::vector<Reach>& rows);

// A facility that a plan wants beside another, and the nearest of those.
struct Neighbour {
  const pack::Colocation* wanted = nullptr;
  const Facility* facility = nullptr;
  const Facility* nearest = nullptr;  // null: there is none
  double metres = 0;                  // as the crow flies
  bool kept = false;  // near enough, or one houses the other, or both are housed in one
};
// Of every facility in service under a place that the colocation is about.
std::vector<Neighbour> neighbours(const pack::Colocation& wanted,
                                  const std::vector<Facility>& facilities, region::Code place);

double fastest_kmh(const geo::Profile& profile);  // on any of its streets
// How far from a facility, as the crow flies, somebody may live whose reach it can change.
double widest_reach_m(const pack::Content& content,
                      const std::function<const geo::Profile*(const std::string&)>& profile);

}  // namespace linli::circles
