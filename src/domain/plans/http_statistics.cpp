// Numbers from outside: statistics, and indicators reported with evidence.
#include "domain/accounts/api.h"
#include "domain/places/api.h"
#include "domain/plans/routes.h"
#include "domain/plans/store.h"
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

std::vector<shape::Field> number_fields(const char* source) {
  return {required("place", shape::place()), required("year", shape::integer(1900, 2199)),
          required("value", shape::number()), required(source, shape::text(500))};
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
       .input = shape::object(number_fields("source"), "SetStatistic"),
       .errors = {"statistic.unknown", "place.not_found"}},
      {.method = "PUT",
       .path = "/api/v1/plans/{plan}/indicators/{key}/value",
       .permission = "statistic.write",
       .handle = bound(put_report, figures),
       .summary = "Report an indicator's value with evidence",
       .input = shape::object(number_fields("evidence"), "ReportValue"),
       .errors = {"indicator.unknown", "place.not_found"}},
  };
}

}  // namespace linli::plans
