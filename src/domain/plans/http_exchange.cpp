// Values out and in, as CSV or ADX.
#include "domain/accounts/api.h"
#include "domain/plans/exchange_values.h"
#include "domain/plans/routes.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

Result<Response> get_values(Context& call, Figures& figures) {
  const std::string plan(call.query("plan"));
  if (!plan.empty()) TRY(find_plan(call.content(), plan));
  const Code place = TRY(readable_place(call, "place"));
  const std::string_view asked = call.query("period").empty() ? "this_year" : call.query("period");
  const indicator::Period period = TRY(indicator::parse_period(asked, call.today()));
  const auto values =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<ExchangedValue>> {
        return values_to_exchange(scene, plan, place, call.query("children") == "true", period);
      }));
  const bool adx = call.query("format") == "adx";
  Response response;
  response.body = adx ? to_adx(values, call.now()) : to_csv(values);
  response.headers = {
      {"content-type", adx ? "application/adx+xml; charset=utf-8" : "text/csv; charset=utf-8"},
      {"content-disposition", "attachment; filename=\"values-" + place.text() + "-" + period.text +
                                  (adx ? ".xml\"" : ".csv\"")}};
  return response;
}

Result<Response> post_values(Context& call, Figures& figures) {
  TRY(call.require_somewhere("plan.report"));
  const Exchanged given = TRY(call.query("format") == "adx" ? from_adx(call.request().body)
                                                            : from_csv(call.request().body));
  const auto done = TRY(call.transact([&](db::Tx& tx) -> Result<BroughtIn> {
    const Scene scene{tx, call.services(), figures, call.today()};
    BroughtIn brought = bring_in(scene, given, call.actor(), call.now());
    accounts::audit(tx, call.services(), call.actor(), "values.imported", "", Code(),
                    json::Object{{"saved", brought.saved},
                                 {"errors", static_cast<int64_t>(brought.errors.size())}},
                    call.now());
    return brought;
  }));
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("saved", done.saved).member("agreed", done.agreed);
    out.key("differing").begin_array();
    for (const Differing& one : done.differing) {
      out.begin_object()
          .member("indicator", one.given.indicator)
          .member("place", one.given.place.text())
          .member("period", one.given.period)
          .member("given", one.given.value)
          .member("computed", one.computed)
          .end_object();
    }
    out.end_array().key("errors").begin_array();
    for (const ExchangeError& error : done.errors) {
      out.begin_object().member("line", error.line).member("code", error.code).end_object();
    }
    out.end_array().end_object();
  });
}

}  // namespace

std::vector<host::Route> exchange_routes(const std::shared_ptr<Figures>& figures) {
  const auto format = optional("format", shape::choice({"csv", "adx"}));
  const shape::Shape differing = shape::object(
      {required("indicator", shape::text()), required("place", shape::place()),
       required("period", shape::text()), required("given", shape::number()), number("computed")},
      "DifferingValue");
  const shape::Shape error = shape::object(
      {required("line", shape::integer()), required("code", shape::text())}, "ExchangeError");
  host::Route import{
      .method = "POST",
      .path = "/api/v1/plan-values",
      .permission = "plan.report",
      .handle = bound(post_values, figures),
      .summary = "Bring values in: reported ones and statistics are saved, computed ones compared",
      .query = {format},
      .output =
          shape::object({required("saved", shape::integer()), required("agreed", shape::integer()),
                         required("differing", shape::array(differing, 1'000'000)),
                         required("errors", shape::array(error, 1'000'000))},
                        "BroughtIn"),
      .errors = {"exchange.bad_header", "exchange.not_adx", "xml.invalid", "csv.invalid"}};
  import.raw_body = true;
  return {
      {.method = "GET",
       .path = "/api/v1/plan-values",
       .permission = "figure.read",
       .handle = bound(get_values, figures),
       .summary = "Values of indicators and statistics as a file",
       .query = {optional("place", shape::place()), optional("plan", shape::text()),
                 optional("period", shape::text(20)),
                 optional("children", shape::choice({"true", "false"})), format},
       .errors = {"plan.unknown", "period.bad", "place.bad_code"}},
      std::move(import),
  };
}

}  // namespace linli::plans
