// Numbers from outside: statistics, and indicators reported with evidence.
#include "domain/accounts/api.h"
#include "domain/places/api.h"
#include "domain/plans/routes.h"
#include "domain/plans/store.h"
#include "domain/plans/value_requests.h"
#include "domain/plans/wire.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

Result<Response> get_statistics(Context& call, Figures& figures) {
  const Code place = TRY(call.query_place("place"));
  TRY(call.require("statistic.read", place));
  const auto views =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<StatisticView>> {
        return statistics(scene, place);
      }));
  return items(views, [](json::Writer& out, const StatisticView& view) { write(out, view); });
}

// Saves a number from outside with its trace.
template <class Given>
Result<Response> put_number(Context& call, std::string_view action, const std::string& key,
                            std::string_view period, Given given,
                            void (*save)(db::Tx&, const Given&)) {
  given.place = TRY(Code::parse(call.body().text("place")));
  TRY(call.require("statistic.write", given.place));
  given.value = call.body().number("value");
  given.actor_id = call.actor().account_id;
  given.actor_name = call.actor().name;
  given.at = call.now();
  TRY(call.transact([&](db::Tx& tx) -> Done {
    TRY(places::find(tx, given.place));
    save(tx, given);
    accounts::audit(tx, call.services(), call.actor(), action, key, given.place,
                    json::Object{{"period", std::string(period)}, {"value", given.value}},
                    call.now());
    return {};
  }));
  return host::no_content();
}

Result<Response> put_statistic(Context& call, Figures&) {
  const std::string& key = call.path("key");
  const int64_t year = call.body().integer("year");
  for (const pack::Statistic& statistic : call.content().statistics) {
    if (statistic.key == key) {
      const Statistic given{.key = key, .year = year, .source = call.body().text("source")};
      return put_number(call, "statistic.set", key, std::to_string(year), given,
                        store::save_statistic);
    }
  }
  return refuse(ErrorKind::not_found, "statistic.unknown", key);
}

Result<Response> put_report(Context& call, Figures&) {
  const pack::Indicator* indicator =
      TRY(find_indicator(call.content(), call.path("plan"), call.path("key")));
  const Report given{.indicator = indicator->key,
                     .period = TRY(reporting_period(*indicator, call.body().text("period"))),
                     .source = call.body().text("evidence")};
  return put_number(call, "indicator.reported", indicator->key, given.period.text, given,
                    store::save_report);
}

std::vector<shape::Field> number_fields(shape::Field when, const char* source) {
  return {required("place", shape::place()), std::move(when), required("value", shape::number()),
          required(source, shape::text(500))};
}

}  // namespace

std::vector<host::Route> statistic_routes(const std::shared_ptr<Figures>& figures) {
  const auto place = optional("place", shape::place());
  return {
      {.method = "GET",
       .path = "/api/v1/statistics",
       .permission = "statistic.read",
       .handle = bound(get_statistics, figures),
       .summary = "Numbers from outside at a place",
       .query = {place},
       .output = shape::page(statistic_shape()),
       .errors = {"place.bad_code"}},
      {.method = "PUT",
       .path = "/api/v1/statistics/{key}",
       .permission = "statistic.write",
       .handle = bound(put_statistic, figures),
       .summary = "Set a number from outside for a place and year",
       .input = shape::object(number_fields(required("year", shape::integer(1900, 2199)), "source"),
                              "SetStatistic"),
       .errors = {"statistic.unknown", "place.not_found"}},
      {.method = "PUT",
       .path = "/api/v1/plans/{plan}/indicators/{key}/value",
       .permission = "statistic.write",
       .handle = bound(put_report, figures),
       .summary = "Report an indicator's value for its month, quarter, half-year or year",
       .input = shape::object(number_fields(required("period", shape::text(10)), "evidence"),
                              "ReportValue"),
       .errors = {"indicator.unknown", "period.bad", "indicator.wrong_period", "place.not_found"}},
  };
}

}  // namespace linli::plans
