// Figures by place as layers of the map: indicators of the plans, and who has what in reach. A
// figure more is a Figure more in all(); tiles, lists and OGC collections come from there alone.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/circles/api.h"
#include "domain/plans/api.h"
#include "host/actor.h"
#include "host/services.h"

namespace linli::maps {

// As the figures' own routes ask it, of each place.
inline constexpr std::string_view kFigurePermission = "figure.read";

struct PlaceFigure {
  region::Code place;
  std::optional<double> value;  // none: no data, which is not zero
  std::optional<double> numerator;
  std::optional<double> denominator;
  std::string period;
};

struct Figure {
  std::string id;    // indicator.pingliang.1, circle.pingliang.life.complete.everyone
  pack::Text theme;  // the plan or the circle that it is of
  pack::Text name;
  pack::Text about;
  std::string unit;
  region::Code territory;  // it says nothing of places outside
  region::Level highest = region::Level::province;
  // At places of one level, in their order.
  std::function<std::vector<PlaceFigure>(db::Tx& tx, host::Services& services,
                                         const std::vector<region::Code>& places,
                                         time::Instant now)>
      read;

  bool tells_of(region::Code place) const;
  // What the actor may read of the places; the others are left out.
  std::vector<PlaceFigure> seen(db::Tx& tx, host::Services& services, const host::Actor& actor,
                                const std::vector<region::Code>& places, time::Instant now) const;
};

// Lives as long as the server; safe for many threads.
class FigureLayers {
 public:
  explicit FigureLayers(std::shared_ptr<circles::Circles> circles) : circles_(std::move(circles)) {}

  // Those of plans whose territory and the installation's meet.
  std::vector<Figure> all(const host::Services& services) const;
  // Refuses `layer.not_found`.
  Result<Figure> named(const host::Services& services, std::string_view id) const;

 private:
  std::shared_ptr<circles::Circles> circles_;
  std::shared_ptr<plans::Figures> figures_ = std::make_shared<plans::Figures>();
};

// Refuses `access.denied`, or `access.sign_in`, where the actor reads no figures anywhere.
Done may_read_figures(const host::Actor& actor);

}  // namespace linli::maps
