// Measures, service figures, and the records behind a figure.
#include "core/text.h"
#include "domain/plans/routes.h"
#include "domain/plans/wire.h"

namespace linli::plans {
namespace {

using host::Context;
using indicator::Period;
using net::Response;
using shape::optional;
using shape::required;

constexpr size_t kMostKeys = 50;

Result<std::vector<std::string>> asked_keys(const Context& call, std::string_view parameter) {
  std::vector<std::string> keys;
  for (const std::string& key : text::split(call.query(parameter), ',')) {
    if (!key.empty()) keys.push_back(key);
  }
  if (keys.size() > kMostKeys) {
    return refuse_fields({{"/" + std::string(parameter), "field.too_large", "at most 50 keys"}});
  }
  return keys;
}

Result<Response> get_measures(Context& call, Figures& figures) {
  const std::vector<std::string> keys = TRY(asked_keys(call, "keys"));
  if (keys.empty()) return refuse_fields({{"/keys", "field.required", "keys of measures"}});
  const Period period = TRY(indicator::parse_period(call.query("period"), call.today()));
  const Territory territory =
      call.query("territory") == "as_was" ? Territory::as_was : Territory::as_is;
  if (!call.query("children_of").empty()) {
    const Code parent = TRY(readable_place(call, "children_of"));
    const auto views = TRY(look(call, figures, [&](const Scene& scene) {
      return measures_of_children(scene, keys, parent, period, territory);
    }));
    return items(views, [&](json::Writer& out, const PlaceView& view) { write(out, view, keys); });
  }
  const Code place = TRY(readable_place(call, "place"));
  const std::vector<std::string> by = TRY(asked_keys(call, "by"));
  const auto views = TRY(look(call, figures, [&](const Scene& scene) {
    return measures(scene, keys, place, period, by, territory);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("place", place.text()).member("period", period.text);
    out.key("values").begin_array();
    for (const MeasureView& view : views) write(out, view);
    out.end_array().end_object();
  });
}

Result<Response> get_records(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  const Period period = TRY(indicator::parse_period(call.query("period"), call.today()));
  const auto views = TRY(look(call, figures, [&](const Scene& scene) {
    return records_behind(scene, call.path("key"), call.query("part"), place, period);
  }));
  return items(views, [](json::Writer& out, const RecordsView& view) { write(out, view); });
}

Result<Response> get_service_figures(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  const Period period = TRY(indicator::parse_period(call.query("period"), call.today()));
  const auto view = TRY(look(call, figures, [&](const Scene& scene) -> Result<ServiceFigures> {
    return service_figures(scene, place, period);
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("place", place.text()).member("period", period.text);
    write(out, view);
    out.end_object();
  });
}

}  // namespace

std::vector<host::Route> measure_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  const auto period = optional("period", shape::text(20));
  return {
      {.method = "GET",
       .path = "/api/v1/measures/values",
       .permission = "figure.read",
       .handle = bound(get_measures, figures),
       .summary = "Values of measures at a place, or at the children of one",
       .query = {required("keys", shape::text(2000)), place, period,
                 optional("children_of", shape::place()), optional("by", shape::text()),
                 optional("territory", shape::choice({"as_is", "as_was"}))},
       .output = shape::object(
           {optional("place", shape::place()), optional("period", shape::text()),
            optional("values", shape::array(measure_shape())),
            optional("items", shape::array(place_value_shape())), optional("next", shape::text())},
           "MeasureValues"),
       .errors = {"measure.unknown", "measure.not_split", "period.bad", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/figures/{key}/records",
       .permission = "figure.read",
       .handle = bound(get_records, figures),
       .summary = "Which list with which filter shows the records behind a figure",
       .query = {place, period, optional("part", shape::choice({"numerator", "denominator"}))},
       .output = shape::page(records_shape()),
       .errors = {"figure.unknown", "period.bad", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/service-figures",
       .permission = "figure.read",
       .handle = bound(get_service_figures, figures),
       .summary = "Response, resolution and satisfaction rates of a place",
       .query = {place, period},
       .output = service_figures_shape(),
       .errors = {"period.bad", "place.bad_code"}},
  };
}

}  // namespace linli::plans
