// Why a figure is what it is.
#include "domain/plans/routes.h"
#include "domain/plans/why.h"
#include "domain/plans/wire.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

void write_place(json::Writer& out, const places::Reference& place) {
  out.member("place", place.code.text()).member("place_name", place.name);
}

void write_child(json::Writer& out, const Why::Child& child) {
  const auto& pull = child.pull;
  const bool sure = child.standing && child.standing->trials > 0;
  const auto rank = child.standing ? child.standing->rank : std::nullopt;
  out.begin_object();
  write_place(out, child.place);
  out.member("value", child.view.value)
      .member("numerator", child.view.numerator)
      .member("denominator", child.view.denominator)
      .key("status");
  child.view.status ? out.value(indicator::name_of(*child.view.status)) : out.null();
  out.member("weight", pull ? std::optional(pull->weight) : std::nullopt)
      .member("pull", pull ? std::optional(pull->pull) : std::nullopt)
      .member("lack", pull ? std::optional(pull->lack) : std::nullopt)
      .member("share", child.share)
      .member("low", sure ? std::optional(child.standing->share.low) : std::nullopt)
      .member("high", sure ? std::optional(child.standing->share.high) : std::nullopt)
      .member("best", rank ? std::optional(rank->best) : std::nullopt)
      .member("worst", rank ? std::optional(rank->worst) : std::nullopt)
      .end_object();
}

Result<Response> get_why(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), plan->key, call.path("key")));
  const Code place = TRY(readable_place(call, "place"));
  const Why found = TRY(look(call, figures, [&](const Scene& scene) -> Result<Why> {
    return why(scene, *plan, *indicator, place);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("place", place.text()).key("indicator");
    write(out, found.whole);
    out.member("lack", found.lack).key("children").begin_array();
    for (const Why::Child& child : found.children) write_child(out, child);
    out.end_array().key("carriers").begin_array();
    for (const Why::Carrier& carrier : found.carriers) {
      out.begin_object();
      write_place(out, carrier.place);
      out.member("effort", carrier.step.effort)
          .member("together", carrier.step.together)
          .member("enough", carrier.step.enough)
          .end_object();
    }
    out.end_array().key("rest");
    if (found.rest) {
      out.begin_object()
          .member("numerator", found.rest->numerator)
          .member("denominator", found.rest->denominator)
          .end_object();
    } else {
      out.null();
    }
    out.end_object();
  });
}

Result<Response> get_places(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  const auto found = TRY(look(call, figures, [&](const Scene& scene) {
    return places_behind(scene, call.path("key"), call.query("part"), place);
  }));
  return items(found, [](json::Writer& out, const PlacesBehind& behind) {
    out.begin_object().member("text", behind.text);
    for (const auto& [key, list] :
         {std::pair("counted", &behind.counted), std::pair("others", &behind.others)}) {
      out.key(key).begin_array();
      for (const places::Reference& known : *list) {
        out.begin_object();
        write_place(out, known);
        out.end_object();
      }
      out.end_array();
    }
    out.end_object();
  });
}

std::vector<shape::Field> place_fields() {
  return {required("place", shape::place()), required("place_name", shape::text())};
}

shape::Shape why_shape() {
  std::vector<shape::Field> child = place_fields();
  for (const char* field :
       {"value", "numerator", "denominator", "weight", "pull", "lack", "share", "low", "high"}) {
    child.push_back(number(field));
  }
  child.push_back({"best", shape::integer(), true, true});
  child.push_back({"worst", shape::integer(), true, true});
  child.push_back(optional("status", shape::choice({"met", "on_track", "behind", "no_data"})));
  std::vector<shape::Field> carrier = place_fields();
  carrier.push_back(required("effort", shape::number()));
  carrier.push_back(required("together", shape::number()));
  carrier.push_back(required("enough", shape::boolean()));
  return shape::object(
      {required("place", shape::place()), required("indicator", indicator_shape()), number("lack"),
       required("children", shape::array(shape::object(child, "WhyChild"))),
       required("carriers", shape::array(shape::object(carrier, "Carrier"))),
       optional("rest", shape::object({required("numerator", shape::number()),
                                       required("denominator", shape::number())},
                                      "Rest"))},
      "Why");
}

}  // namespace

std::vector<host::Route> why_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  const shape::Shape places = shape::array(shape::object(place_fields(), "PlaceName"), 1'000'000);
  return {
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators/{key}/why",
       .permission = "figure.read",
       .handle = bound(get_why, figures),
       .summary = "Which places pull an indicator, and which would carry it over the target",
       .query = {place},
       .output = why_shape(),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/figures/{key}/places",
       .permission = "figure.read",
       .handle = bound(get_places, figures),
       .summary = "The places that a count of places counted, and the others, in a county or below",
       .query = {place, optional("part", shape::choice({"numerator", "denominator"}))},
       .output =
           shape::page(shape::object({required("text", shape::text(4000)),
                                      required("counted", places), required("others", places)},
                                     "PlacesBehind")),
       .errors = {"figure.unknown", "place.too_wide", "place.bad_code"}},
  };
}

}  // namespace linli::plans
