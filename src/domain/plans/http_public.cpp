// Figures and targets that everybody may see.
#include "domain/plans/publication.h"
#include "domain/plans/routes.h"
#include "domain/plans/wire.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

void write_figure(json::Writer& out, const PublicFigure& figure) {
  const Rate& rate = figure.rate;
  out.begin_object().member("key", rate.measure->key);
  name(out, rate.measure->name);
  out.key("definition");
  write(out, rate.measure->description);
  out.member("unit", rate.measure->unit)
      .member("value", rate.value)
      .member("numerator", rate.numerator)
      .member("denominator", rate.denominator)
      .member("too_few", figure.too_few)
      .member("least", rate.measure->public_from)
      .end_object();
}

Result<Response> get_public_figures(Context& call, Figures& figures) {
  const Code place = TRY(call.query_place("place"));
  const indicator::Period period = TRY(indicator::parse_period(call.query("period"), call.today()));
  const auto views =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<PublicFigure>> {
        return public_figures(scene, place, period);
      }));
  Response response = items(views, write_figure);
  response.headers.emplace_back("cache-control", "public, max-age=60");
  return response;
}

void write_plan(json::Writer& out, const PublicPlan& shown) {
  out.begin_object().member("plan", shown.plan->key);
  name(out, shown.plan->name);
  out.member("document", shown.plan->document).key("years").begin_array();
  out.value(shown.plan->first_year).value(shown.plan->last_year).end_array();
  out.member("place", shown.place.code.text()).member("place_name", shown.place.name);
  out.key("targets").begin_array();
  for (const IndicatorView& row : shown.rows) {
    out.begin_object().member("number", row.indicator->number);
    name(out, row.indicator->name);
    out.member("unit", row.indicator->unit)
        .member("value", row.value)
        .member("target", row.goal->target.printed)
        .member("progress", row.progress);
    write_date(out, "due", row.goal->due);
    out.member("status", indicator::name_of(*row.status)).end_object();
  }
  out.end_array().end_object();
}

Result<Response> get_public_plans(Context& call, Figures& figures) {
  const Code place = TRY(call.query_place("place"));
  const auto plans =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<PublicPlan>> {
        return public_plans(scene, place);
      }));
  Response response = items(plans, write_plan);
  response.headers.emplace_back("cache-control", "public, max-age=60");
  return response;
}

shape::Shape plan_of_public_shape() {
  const shape::Shape target = shape::object(
      {required("number", shape::text()), required("name", text_shape()),
       required("unit", shape::text()), number("value"), required("target", shape::text()),
       number("progress"), required("due", shape::date()), required("status", status_shape())},
      "PublicTarget");
  return shape::object(
      {required("plan", shape::text()), required("name", text_shape()),
       required("document", shape::text()), required("years", shape::array(shape::integer())),
       required("place", shape::place()), required("place_name", shape::text()),
       required("targets", shape::array(target))},
      "PublicPlan");
}

shape::Shape figure_shape() {
  return shape::object({required("key", shape::text()), required("name", text_shape()),
                        required("definition", text_shape()), required("unit", shape::text()),
                        number("value"), number("numerator"), number("denominator"),
                        required("too_few", shape::boolean()), required("least", shape::integer())},
                       "PublicFigure");
}

}  // namespace

std::vector<host::Route> public_routes(const std::shared_ptr<Figures>& figures) {
  return {{.method = "GET",
           .path = "/api/v1/public-figures",
           .permission = "public",
           .handle = bound(get_public_figures, figures),
           .summary = "Figures that everybody may see, where enough is counted",
           .query = {optional("place", shape::place()), optional("period", shape::text(20))},
           .output = shape::page(figure_shape()),
           .errors = {"period.bad", "place.bad_code"}},
          {.method = "GET",
           .path = "/api/v1/public-plans",
           .permission = "public",
           .handle = bound(get_public_plans, figures),
           .summary = "How far the targets of the plans in force are reached in a place's county",
           .query = {optional("place", shape::place())},
           .output = shape::page(plan_of_public_shape()),
           .errors = {"place.bad_code"}}};
}

}  // namespace linli::plans
