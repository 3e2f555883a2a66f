// Data quality per place, and reported values that differ from the records.
#include "domain/plans/quality.h"
#include "domain/plans/routes.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using host::Context;
using net::Response;
using shape::optional;
using shape::required;

void write_summary(json::Writer& out, const Quality& quality) {
  const Timeliness& timely = quality.timeliness;
  out.member("place", quality.place.code.text())
      .member("place_name", quality.place.name)
      .member("completeness", quality.completeness)
      .key("timeliness")
      .begin_object()
      .member("asked", timely.asked)
      .member("in_time", timely.in_time)
      .member("late", timely.late)
      .member("overdue", timely.overdue)
      .end_object();
}

void write_check(json::Writer& out, const CheckView& view) {
  out.begin_object().member("key", view.check->key);
  name(out, view.check->name);
  out.member("severity", pack::name_of(view.check->severity)).key("remedy");
  write(out, view.check->remedy);
  out.member("of", view.of).member("wrong", view.wrong).end_object();
}

Result<Response> get_quality(Context& call, Figures& figures) {
  const Code place = TRY(readable_place(call, "place"));
  const auto found = TRY(look(
      call, figures, [&](const Scene& scene) -> Result<Quality> { return quality(scene, place); }));
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    write_summary(out, found);
    out.key("checks").begin_array();
    for (const CheckView& view : found.checks) write_check(out, view);
    out.end_array().end_object();
  });
}

Result<Response> get_places(Context& call, Figures& figures) {
  const Code parent = TRY(readable_place(call, "parent"));
  const auto all = TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<Quality>> {
    return quality_of_children(scene, parent);
  }));
  return items(all, [](json::Writer& out, const Quality& quality) {
    out.begin_object();
    write_summary(out, quality);
    out.key("wrong").begin_object();
    for (const CheckView& view : quality.checks) out.member(view.check->key, view.wrong);
    out.end_object().end_object();
  });
}

Result<Response> get_conflicts(Context& call, Figures& figures) {
  const pack::PlanHeader* plan = TRY(find_plan(call.content(), call.path("plan")));
  const Code place = TRY(readable_place(call, "place"));
  const auto all =
      TRY(look(call, figures, [&](const Scene& scene) -> Result<std::vector<Conflict>> {
        return conflicts(scene, *plan, place);
      }));
  return items(all, [](json::Writer& out, const Conflict& conflict) {
    out.begin_object().member("indicator", conflict.indicator->key);
    name(out, conflict.indicator->name);
    out.member("place", conflict.place.code.text())
        .member("place_name", conflict.place.name)
        .member("computed", conflict.computed)
        .key("report");
    write_given(out, conflict.report);
    out.end_object();
  });
}

std::vector<shape::Field> summary_fields() {
  const shape::Shape timely =
      shape::object({required("asked", shape::integer()), required("in_time", shape::integer()),
                     required("late", shape::integer()), required("overdue", shape::integer())},
                    "Timeliness");
  return {required("place", shape::place()), required("place_name", shape::text()),
          number("completeness"), required("timeliness", timely)};
}

}  // namespace

std::vector<host::Route> quality_routes(const std::shared_ptr<Figures>& figures) {
  std::vector<shape::Field> whole = summary_fields();
  whole.push_back(
      required("checks", shape::array(shape::object(
                             {required("key", shape::text()), required("name", text_shape()),
                              required("severity", shape::choice({"error", "warning", "notice"})),
                              required("remedy", text_shape()), number("of"), number("wrong")},
                             "CheckValue"))));
  std::vector<shape::Field> child = summary_fields();
  child.push_back(required("wrong", shape::open_object()));
  return {
      {.method = "GET",
       .path = "/api/v1/quality",
       .permission = "figure.read",
       .handle = bound(get_quality, figures),
       .summary = "Data quality of a place; /figures/{check}/records opens a check",
       .query = {optional("place", shape::place())},
       .output = shape::object(whole, "Quality"),
       .errors = {"place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/quality/places",
       .permission = "figure.read",
       .handle = bound(get_places, figures),
       .summary = "Data quality of the children of a place",
       .query = {optional("parent", shape::place())},
       .output = shape::page(shape::object(child, "QualityAtPlace")),
       .errors = {"place.bad_code"}},
      {.method = "GET",
       .path = "/api/v1/plans/{plan}/conflicts",
       .permission = "figure.read",
       .handle = bound(get_conflicts, figures),
       .summary = "Reported values of this year that differ from the records, at a place and below",
       .query = {optional("place", shape::place())},
       .output = shape::page(
           shape::object({required("indicator", shape::text()), required("name", text_shape()),
                          required("place", shape::place()), required("place_name", shape::text()),
                          required("computed", shape::number()), required("report", given_shape())},
                         "Conflict")),
       .errors = {"plan.unknown", "place.bad_code"}},
  };
}

}  // namespace linli::plans
