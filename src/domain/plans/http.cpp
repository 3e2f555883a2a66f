#include <memory>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/places/api.h"
#include "domain/plans/api.h"
#include "domain/plans/module.h"
#include "domain/plans/store.h"
#include "domain/plans/views.h"
#include "domain/plans/wire.h"
#include "host/context.h"

namespace linli::plans {

std::vector<db::Migration> migrations();

namespace {

using host::Context;
using indicator::Period;
using net::Response;
using shape::optional;
using shape::required;

constexpr size_t kMostKeys = 50;

// A handler that reads figures.
using Handler = Result<Response> (*)(Context&, Figures&);

// Runs `view(const Scene&)` in one snapshot.
template <class View>
auto look(Context& call, Figures& figures, View&& view) {
  return call.read([&](db::Tx& tx) {
    return view(Scene{tx, call.services(), figures, call.today()});
  });
}

template <class Items, class Write>
Response items(const Items& all, Write&& write_one) {
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const auto& item : all) write_one(out, item);
    out.end_array().key("next").null().end_object();
  });
}

Result<Code> readable_place(const Context& call, std::string_view parameter) {
  const Code place = TRY(call.query_place(parameter));
  TRY(call.require("figure.read", place));
  return place;
}

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
  if (!call.query("children_of").empty()) {
    const Code parent = TRY(readable_place(call, "children_of"));
    const auto views = TRY(look(call, figures, [&](const Scene& scene) {
      return measures_of_children(scene, keys, parent, period);
    }));
    return items(views, [&](json::Writer& out, const PlaceView& view) { write(out, view, keys); });
  }
  const Code place = TRY(readable_place(call, "place"));
  const std::vector<std::string> by = TRY(asked_keys(call, "by"));
  const auto views = TRY(look(
      call, figures, [&](const Scene& scene) { return measures(scene, keys, place, period, by); }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("place", place.text()).member("period", period.text);
    out.key("values").begin_array();
    for (const MeasureView& view : views) write(out, view);
    out.end_array().end_object();
  });
}

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
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("plan", plan->key).member("place", place.text());
    out.member("date", time::format_date(date)).key("items").begin_array();
    for (const IndicatorView& view : views) write(out, view);
    out.end_array().key("next").null().end_object();
  });
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
  const auto points =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<TrendPoint>> {
        return trend(scene, *plan, *indicator, place);
      }));
  return items(points, [](json::Writer& out, const TrendPoint& point) { write(out, point); });
}

Result<Response> get_records(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  const Period period = TRY(indicator::parse_period(call.query("period"), call.today()));
  const auto views = TRY(look(call, figures, [&](const Scene& scene) {
    return records_behind(scene, call.path("key"), call.query("part"), place, period);
  }));
  return items(views, [](json::Writer& out, const RecordsView& view) { write(out, view); });
}

Result<Response> get_statistics(Context& call, Figures& figures) {
  const Code place = TRY(call.query_place("place"));
  TRY(call.require("statistic.read", place));
  const auto views =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<StatisticView>> {
        return statistics(scene, place);
      }));
  return items(views, [](json::Writer& out, const StatisticView& view) { write(out, view); });
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

// Reads the body of a number from outside and saves it with its trace.
Result<Response> put_number(Context& call, const std::string& key, const std::string& source,
                            std::string_view action, void (*save)(db::Tx&, const Statistic&)) {
  const json::Value& body = call.body();
  const Code place = TRY(Code::parse(body.text("place")));
  TRY(call.require("statistic.write", place));
  const Statistic given{.key = key,
                        .place = place,
                        .year = body.integer("year"),
                        .value = body.number("value"),
                        .source = source,
                        .actor_id = call.actor().account_id,
                        .actor_name = call.actor().name,
                        .at = call.now()};
  TRY(call.transact([&](db::Tx& tx) -> Done {
    TRY(places::find(tx, place));
    save(tx, given);
    accounts::audit(tx, call.services(), call.actor(), action, key, place,
                    json::Object{{"year", given.year}, {"value", given.value}}, call.now());
    return {};
  }));
  return host::no_content();
}

Result<Response> put_statistic(Context& call, Figures&) {
  const std::string& key = call.path("key");
  for (const pack::Statistic& statistic : call.content().statistics) {
    if (statistic.key == key) {
      return put_number(call, key, call.body().text("source"), "statistic.set",
                        store::save_statistic);
    }
  }
  return refuse(ErrorKind::not_found, "statistic.unknown", key);
}

Result<Response> put_report(Context& call, Figures&) {
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), call.path("plan"), call.path("key")));
  return put_number(call, indicator->key, call.body().text("evidence"), "indicator.reported",
                    store::save_report);
}

std::vector<host::Route> routes(const std::shared_ptr<Figures>& figures) {
  const auto with = [&](Handler handler) {
    return [figures, handler](Context& call) { return handler(call, *figures); };
  };
  const auto number_fields = [](const char* source) {
    return std::vector<shape::Field>{
        required("place", shape::place()), required("year", shape::integer(1900, 2199)),
        required("value", shape::number()), required(source, shape::text(500))};
  };
  const auto place = optional("place", shape::place());
  const auto period = optional("period", shape::text(9));
  return {
      {.method = "GET",
       .path = "/api/v1/measures/values",
       .permission = "figure.read",
       .handle = with(get_measures),
       .summary = "Values of measures at a place, or at the children of one",
       .query = {required("keys", shape::text(2000)), place, period,
                 optional("children_of", shape::place()), optional("by", shape::text())},
       .output = shape::object(
           {optional("place", shape::place()), optional("period", shape::text()),
            optional("values", shape::array(measure_shape())),
            optional("items", shape::array(place_value_shape())), optional("next", shape::text())},
           "MeasureValues"),
       .errors = {"measure.unknown", "measure.not_split", "period.bad", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans",
       .permission = "figure.read",
       .handle = with(get_plans),
       .summary = "The plans that are followed",
       .output = shape::page(plan_shape())},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators",
       .permission = "figure.read",
       .handle = with(get_indicators),
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
       .handle = with(get_indicator_places),
       .summary = "An indicator at the children of a place",
       .query = {optional("parent", shape::place())},
       .output = shape::page(indicator_place_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/indicators/{key}/trend",
       .permission = "figure.read",
       .handle = with(get_trend),
       .summary = "An indicator at a place month by month",
       .query = {place},
       .output = shape::page(trend_shape()),
       .errors = {"plan.unknown", "indicator.unknown", "place.bad_code"}},
      {.method = "PUT",
       .path = "/api/v1/plans/{plan}/indicators/{key}/value",
       .permission = "statistic.write",
       .handle = with(put_report),
       .summary = "Report an indicator's value with evidence",
       .input = shape::object(number_fields("evidence"), "ReportValue"),
       .errors = {"indicator.unknown", "place.not_found"}},
      {.method = "GET",
       .path = "/api/v1/figures/{key}/records",
       .permission = "figure.read",
       .handle = with(get_records),
       .summary = "Which list with which filter shows the records behind a figure",
       .query = {place, period, optional("part", shape::choice({"numerator", "denominator"}))},
       .output = shape::page(records_shape()),
       .errors = {"figure.unknown", "period.bad", "place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/statistics",
       .permission = "statistic.read",
       .handle = with(get_statistics),
       .summary = "Numbers from outside at a place",
       .query = {place},
       .output = shape::page(statistic_shape()),
       .errors = {"place.bad_code"}},
      {.method = "PUT",
       .path = "/api/v1/statistics/{key}",
       .permission = "statistic.write",
       .handle = with(put_statistic),
       .summary = "Set a number from outside for a place and year",
       .input = shape::object(number_fields("source"), "SetStatistic"),
       .errors = {"statistic.unknown", "place.not_found"}},
      {.method = "GET",
       .path = "/api/v1/service-figures",
       .permission = "figure.read",
       .handle = with(get_service_figures),
       .summary = "Response, resolution and satisfaction rates of a place",
       .query = {place, period},
       .output = service_figures_shape(),
       .errors = {"period.bad", "place.bad_code"}},
  };
}

}  // namespace

int64_t count_all(host::Services& services, time::Instant now) {
  Figures figures;
  turn(figures, services, now);
  return compare(figures, services, true);
}

host::Module manifest() {
  const auto figures = std::make_shared<Figures>();
  return {
      .name = "plans",
      .permissions = {"figure.read", "statistic.read", "statistic.write"},
      .migrations = migrations(),
      .routes = routes(figures),
      .jobs = {{.name = "figures.fold",
                .every_ms = 500,
                .run = [figures](host::Services& services,
                                 time::Instant) { settle(*figures, services); }},
               {.name = "figures.turn",
                .every_ms = 60'000,
                .run = [figures](host::Services& services,
                                 time::Instant now) { turn(*figures, services, now); }}},
      .observers = {{.name = "figures",
                     .changed =
                         [figures](db::Tx& tx, host::Services& services,
                                   const host::Change& change) {
                           observe(*figures, tx, services, change);
                         }}},
      .start = [figures](host::Services& services, time::Instant now) -> Done {
        turn(*figures, services, now);
        return {};
      },
      .examine = [figures](host::Services& services) -> std::vector<std::string> {
        const int64_t wrong = compare(*figures, services, false);
        if (wrong == 0) return {};
        return {std::to_string(wrong) +
                " figures differ from the records; the daily check puts them right"};
      },
  };
}

}  // namespace linli::plans
