#include "domain/reports/content.h"
#include "domain/reports/module.h"
#include "host/context.h"

namespace linli::reports {
namespace {

using host::Context;
using net::Response;
using shape::optional;

Result<Response> get_report(Context& call, plans::Figures& figures) {
  const pack::PlanHeader* plan = TRY(plans::find_plan(call.content(), call.path("plan")));
  const std::string& name = call.path("kind");
  const Kind kind = name == "month" ? Kind::month : name == "year" ? Kind::year : Kind::plan;
  if (kind == Kind::plan && name != "plan") {
    return refuse(ErrorKind::not_found, "report.unknown", name);
  }
  region::Code place = TRY(call.query_place("place"));
  if (call.query("place").empty()) place = plan->territory;
  TRY(call.require("figure.read", place));
  std::string_view asked = call.query("period");
  if (asked.empty()) asked = kind == Kind::month ? "last_month" : "this_year";
  const indicator::Period period = TRY(indicator::parse_period(asked, call.today()));
  const std::string_view language = call.query("language") == "en" ? "en" : "zh";
  const Document document = TRY(call.read([&](db::Tx& tx) -> Result<Document> {
    const plans::Scene scene{tx, call.services(), figures, call.today()};
    return make(scene, *plan, kind, place, period, language);
  }));
  const std::string_view format = call.query("format");
  Response response;
  std::string type = "text/html; charset=utf-8";
  std::string end = "html";
  if (format == "pdf") {
    response.body = to_pdf(document);
    type = "application/pdf";
    end = "pdf";
  } else if (format == "xlsx") {
    response.body = to_xlsx(document);
    type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    end = "xlsx";
  } else {
    response.body = to_html(document);
  }
  response.headers = {
      {"content-type", type},
      {"content-disposition", "inline; filename=\"" + plan->key + "-" + name + "-" + place.text() +
                                  "-" + period.text + "." + end + "\""},
      {"x-content-type-options", "nosniff"}};
  return response;
}

}  // namespace

host::Module manifest() {
  const auto figures = std::make_shared<plans::Figures>();
  return {
      .name = "reports",
      .about = "Plans' tables, monthly and annual reports as page, workbook and print.",
      .routes = {{.method = "GET",
                  .path = "/api/v1/plans/{plan}/reports/{kind}",
                  .permission = "figure.read",
                  .handle = [figures](Context& call) { return get_report(call, *figures); },
                  .summary = "A report (plan, month or year) as web page, XLSX or PDF",
                  .query = {optional("place", shape::place()), optional("period", shape::text(20)),
                            optional("format", shape::choice({"html", "xlsx", "pdf"})),
                            optional("language", shape::choice({"zh", "en"}))},
                  .errors = {"plan.unknown", "report.unknown", "report.bad_period", "period.bad",
                             "place.bad_code"}}}};
}

}  // namespace linli::reports
