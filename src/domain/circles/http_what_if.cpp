// What planners try: facilities that a circle asks for, and what changing them would come to.
#include <algorithm>

#include "domain/circles/routes.h"
#include "domain/circles/wire.h"

namespace linli::circles {
namespace {

using host::Context;
using net::Response;

constexpr int64_t kMostTrials = 200;  // as many as siting answers with
constexpr size_t kMostFacilities = 5000;

void write_groups(json::Writer& out, const std::vector<GroupSum>& groups) {
  out.begin_array();
  for (const GroupSum& sum : groups) {
    out.begin_object();
    out.member("resident_group", sum.resident_group);
    out.member("residents", sum.residents).member("located", sum.located);
    out.member("estimated", sum.estimated).member("complete", sum.complete);
    out.end_object();
  }
  out.end_array();
}

void write_at(json::Writer& out, places::Point point) {
  out.begin_object().member("lon", point.lon).member("lat", point.lat).end_object();
}

std::optional<places::Point> point_in(const json::Value& value, std::string_view name) {
  const json::Value* point = value.find(name);
  if (point == nullptr || !point->is_object()) return std::nullopt;
  return places::Point{point->number("lon"), point->number("lat")};
}

Trial trial_of(const json::Value& value) {
  Trial trial{value.text("kind"), point_in(value, "add"), point_in(value, "close"), {}};
  if (const json::Value* path = value.find("path"); path != nullptr && path->is_object()) {
    trial.path = {*point_in(*path, "from"), *point_in(*path, "to")};
  }
  return trial;
}

Result<Response> post_what_if(Context& call, Circles& circles) {
  const region::Code place = TRY(region::Code::parse(call.body().text("place")));
  TRY(call.require("figure.read", place));
  std::vector<Trial> trials;
  for (const json::Value& one : call.body().find("trials")->as_array()) {
    trials.push_back(trial_of(one));
  }
  const std::string circle = call.path("circle");
  const bool only_changes = call.body().flag("only_changes");
  const WhatIf made = TRY(circles.what_if(call.services(), circle, call.body().text("group"), place,
                                          trials, call.now(), only_changes));
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    out.member("circle", circle).member("resident_group", made.resident_group);
    out.member("as_of", time::format(made.as_of));
    write_source(out, made.bench->times().streets(0));
    out.key("groups");
    write_groups(out, made.groups);
    if (!only_changes) {
      out.key("items");
      write_rows(out, made.rows);
    }
    if (!trials.empty()) {
      out.key("groups_tried");
      write_groups(out, made.groups_tried);
      out.key("tried");
      write_rows(out, made.tried);
      out.key("paths").begin_array();
      for (const auto& [from, to] : made.paths) {
        out.begin_object().key("from");
        write_at(out, from);
        out.key("to");
        write_at(out, to);
        out.end_object();
      }
      out.end_array();
    }
    out.end_object();
  });
}

Result<Response> get_facilities(Context& call, Circles& circles) {
  const region::Code place = TRY(call.query_place("place"));
  TRY(call.require("figure.read", place));
  const pack::Circle* circle = call.content().circle(call.path("circle"));
  if (circle == nullptr) {
    return refuse(ErrorKind::not_found, "circle.unknown", call.path("circle"));
  }
  const auto asks_for = [&](const std::string& kind) {
    return std::any_of(circle->needs.begin(), circle->needs.end(), [&](const auto& need) {
      return std::find(need.kinds.begin(), need.kinds.end(), kind) != need.kinds.end();
    });
  };
  const auto known = circles.facilities(call.services(), call.now());
  size_t count = 0;
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const Facility& facility : *known) {
      if (!facility.in_service || !place.contains(facility.place) || !asks_for(facility.kind)) {
        continue;
      }
      if (++count > kMostFacilities) break;
      out.begin_object().member("id", facility.id).member("kind", facility.kind);
      out.member("name", facility.name).member("place", facility.place.text()).key("point");
      write_at(out, facility.point);
      out.end_object();
    }
    out.end_array().member("more", count > kMostFacilities).end_object();
  });
}

shape::Shape trial_shape() {
  const shape::Shape point = shape::object({shape::required("lon", shape::number(-180, 180)),
                                            shape::required("lat", shape::number(-85, 85))});
  return shape::object({shape::optional("kind", shape::text(60)), shape::optional("add", point),
                        shape::optional("close", point),
                        shape::optional("path", shape::object({shape::required("from", point),
                                                               shape::required("to", point)}))},
                       "CircleTrial");
}

}  // namespace

std::vector<host::Route> what_if_routes(const std::shared_ptr<Circles>& circles) {
  std::vector<std::string> errors = way_errors();
  errors.insert(errors.end(), {"circle.unknown", "circle.group_unknown", "circle.place_too_large",
                               "circle.nothing_to_close", "circle.no_street_near"});
  return {
      {.method = "POST",
       .path = "/api/v1/circles/{circle}/what-if",
       .permission = "figure.read",
       .handle = bound(post_what_if, circles),
       .summary =
           "Coverage before and after facilities are added, closed or moved, or paths opened",
       .input = shape::object({shape::required("place", shape::place()),
                               shape::optional("group", shape::text(80)),
                               shape::required("trials", shape::array(trial_shape(), kMostTrials)),
                               shape::optional("only_changes", shape::boolean())}),
       .output = shape::open_object({}, "CircleWhatIf"),
       .errors = errors},
      {.method = "GET",
       .path = "/api/v1/circles/{circle}/facilities",
       .permission = "figure.read",
       .handle = bound(get_facilities, circles),
       .summary = "The facilities in service that a circle asks for",
       .query = {shape::required("place", shape::place())},
       .output = shape::open_object({}, "CircleFacilities"),
       .errors = {"circle.unknown"}},
  };
}

}  // namespace linli::circles
