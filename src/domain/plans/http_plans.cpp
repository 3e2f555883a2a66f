// The plans and their indicators.
#include "domain/plans/routes.h"
#include "domain/plans/wire.h"
#include "engine/pack/plan_content.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

Result<Response> get_plans(Context& call, Figures&) {
  TRY(call.require_somewhere("figure.read"));
  return items(call.content().plans, [&](json::Writer& out, const pack::PlanHeader& plan) {
    int64_t count = 0;
    for (const pack::Indicator& indicator : call.content().indicators) {
      count += indicator.plan == plan.key ? 1 : 0;
    }
    write(out, plan, count);
  });
}

Result<Response> get_content(Context& call, Figures&) {
  TRY(call.require_somewhere("figure.read"));
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  return host::ok([&](json::Writer& out) { out.value(pack::plan_content(call.content(), *plan)); });
}

Result<Response> get_indicators(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  Code place = TRY(call.query_place("place"));
  if (call.query("place").empty()) place = plan->territory;
  TRY(call.require("figure.read", place));
  const time::Date date =
      call.query("date").empty() ? call.today() : TRY(time::parse_date(call.query("date")));
  const auto views =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<IndicatorView>> {
        return indicators(scene, *plan, place, date);
      }));
  return host::ok([&](json::Writer& out) { write(out, *plan, place, date, views); });
}

Result<Response> get_indicator_places(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), plan->key, call.path("key")));
  const Code parent = TRY(readable_place(call, "parent"));
  const auto views =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<IndicatorAtPlace>> {
        return indicator_of_children(scene, *plan, *indicator, parent);
      }));
  return items(views, [](json::Writer& out, const IndicatorAtPlace& view) { write(out, view); });
}

Result<Response> get_trend(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), plan->key, call.path("key")));
  const Code place = TRY(readable_place(call, "place"));
  const auto found =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<Outlook>> {
        return outlooks(scene, *plan, indicator, place);
      }));
  return items(found.front().trend,
               [](json::Writer& out, const TrendPoint& point) { write(out, point); });
}

// Of all indicators of the plan, or of the one that the path names.
Result<Response> get_outlook(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const std::string_view key = call.query("indicator");
  const pack::Indicator* only =
      key.empty() ? nullptr : TRY(find_indicator(call.content(), plan->key, key));
  const Code place = TRY(readable_place(call, "place"));
  const auto found =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<Outlook>> {
        return outlooks(scene, *plan, only, place);
      }));
  return items(found, [](json::Writer& out, const Outlook& outlook) { write(out, outlook); });
}

}  // namespace

std::vector<host::Route> plan_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  return {
      {.method = "GET",
       .path = "/api/v1/plans",
       .permission = "figure.read",
       .handle = bound(get_plans, figures),
       .summary = "The plans that are followed",
       .output = shape::page(plan_shape())},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/content",
       .permission = "figure.read",
       .handle = bound(get_content, figures),
       .summary = "A plan's indicators, standards, circles and evaluations as its pack holds them",
       .output = shape::open_object({required("plan", shape::open_object()),
                                     required("indicators", shape::array(shape::open_object())),
                                     required("standards", shape::array(shape::open_object())),
                                     required("circles", shape::array(shape::open_object())),
                                     required("evaluations", shape::array(shape::open_object()))},
                                    "PlanContent"),
       .errors = {"plan.unknown"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators",
       .permission = "figure.read",
       .handle = bound(get_indicators, figures),
       .summary = "A plan's indicators at a place beside their targets",
       .query = {place, optional("date", shape::date())},
       .output = shape::object(
           {required("plan", shape::text()), required("place", shape::place()),
            required("date", shape::date()), required("items", shape::array(indicator_shape())),
            optional("next", shape::text())},
           "PlanAtPlace"),
       .errors = {"plan.unknown", "place.bad_code", "time.bad_date"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators/{key}/places",
       .permission = "figure.read",
       .handle = bound(get_indicator_places, figures),
       .summary = "An indicator at the children of a place",
       .query = {optional("parent", shape::place())},
       .output = shape::page(indicator_place_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators/{key}/trend",
       .permission = "figure.read",
       .handle = bound(get_trend, figures),
       .summary = "An indicator at a place month by month",
       .query = {place},
       .output = shape::page(trend_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/outlook",
       .permission = "figure.read",
       .handle = bound(get_outlook, figures),
       .summary = "Trend, pace, forecast and traffic light of a plan's indicators at a place",
       .query = {place, optional("indicator", shape::text())},
       .output = shape::page(outlook_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
  };
}

}  // namespace linli::plans
