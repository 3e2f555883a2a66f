// What if a facility were more, or one less.
#include "domain/circles/routes.h"
#include "domain/circles/wire.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

constexpr int64_t kMostTrials = 20;

std::optional<places::Point> point_in(const json::Value& trial, std::string_view name) {
  const json::Value* point = trial.find(name);
  if (point == nullptr || !point->is_object()) return std::nullopt;
  return places::Point{point->number("lon"), point->number("lat")};
}

Result<Response> post_what_if(Context& call, Circles& circles) {
  const region::Code place = TRY(region::Code::parse(call.body().text("place")));
  TRY(call.require("figure.read", place));
  std::vector<Trial> trials;
  for (const json::Value& one : call.body().find("trials")->as_array()) {
    trials.push_back({one.text("kind"), point_in(one, "add"), point_in(one, "close")});
  }
  const std::string circle = call.path("circle");
  return answer(TRY(circles.what_if(call.services(), circle, call.body().text("group"), place,
                                    trials, call.now())),
                circle);
}

shape::Shape trial_shape() {
  const shape::Shape point = shape::object({shape::required("lon", shape::number(-180, 180)),
                                            shape::required("lat", shape::number(-85, 85))});
  return shape::object({shape::required("kind", shape::text(60)), shape::optional("add", point),
                        shape::optional("close", point)},
                       "CircleTrial");
}

}  // namespace

std::vector<host::Route> what_if_routes(const std::shared_ptr<Circles>& circles) {
  std::vector<std::string> errors = way_errors();
  errors.insert(errors.end(), {"circle.unknown", "circle.group_unknown", "circle.place_too_large",
                               "circle.nothing_to_close"});
  return {
      {.method = "POST",
       .path = "/api/v1/circles/{circle}/what-if",
       .permission = "figure.read",
       .handle = bound(post_what_if, circles),
       .summary = "The same before and after facilities were added or closed; nothing is kept",
       .input = shape::object(
           {shape::required("place", shape::place()), shape::optional("group", shape::text(80)),
            shape::required("trials", shape::array(trial_shape(), kMostTrials))}),
       .output = shape::open_object({}, "CircleCoverage"),
       .errors = errors},
  };
}

}  // namespace linli::circles
