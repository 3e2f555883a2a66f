// Figures that everybody may see.
#include "domain/plans/routes.h"
#include "domain/plans/wire.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

void write_text(json::Writer& out, std::string_view key, const pack::Text& text) {
  out.key(key).begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void write(json::Writer& out, const PublicFigure& figure) {
  const Rate& rate = figure.rate;
  out.begin_object().member("key", rate.measure->key);
  write_text(out, "name", rate.measure->name);
  write_text(out, "definition", rate.measure->description);
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
  Response response =
      items(views, [](json::Writer& out, const PublicFigure& view) { write(out, view); });
  response.headers.emplace_back("cache-control", "public, max-age=60");
  return response;
}

shape::Shape figure_shape() {
  const shape::Shape text =
      shape::object({required("zh", shape::text()), required("en", shape::text())}, "Text");
  const auto number = [](std::string name) {
    return shape::Field{std::move(name), shape::number(), true, true};
  };
  return shape::object(
      {required("key", shape::text()), required("name", text), required("definition", text),
       required("unit", shape::text()), number("value"), number("numerator"), number("denominator"),
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
           .errors = {"period.bad", "place.bad_code"}}};
}

}  // namespace linli::plans
