// Plans and their indicators on the wire.
#include "domain/plans/wire.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using shape::optional;
using shape::required;
using shape::Shape;

void write_target(json::Writer& out, const pack::Target& target, bool current) {
  out.begin_object()
      .member("year", int64_t{target.year})
      .member("comparator", pack::name_of(target.comparator))
      .member("value", target.value)
      .member("upper", target.upper)
      .member("qualifier", target.qualifier)
      .member("printed", target.printed)
      .member("repeat", target.repeat)
      .member("current", current);
  out.key("note");
  write(out, target.note);
  out.key("due");
  target.due != 0 ? out.value(time::format_date(target.due)) : out.null();
  out.end_object();
}

void write_baseline(json::Writer& out, const pack::Baseline& baseline) {
  out.begin_object()
      .member("year", int64_t{baseline.year})
      .member("value", baseline.value)
      .member("printed", baseline.printed)
      .key("note");
  write(out, baseline.note);
  out.end_object();
}

void part(json::Writer& out, std::string_view key, const pack::Text& text,
          std::optional<double> value) {
  out.key(key).begin_object();
  name(out, text);
  out.member("value", value).end_object();
}

Shape part_shape() {
  return shape::object({required("name", text_shape()), number("value")}, "FigurePart");
}

}  // namespace

void write(json::Writer& out, const pack::PlanHeader& plan, int64_t indicators) {
  out.begin_object().member("key", plan.key);
  name(out, plan.name);
  out.member("document", plan.document).member("status", plan.status).key("issued");
  plan.issued != 0 ? out.value(time::format_date(plan.issued)) : out.null();
  out.key("years").begin_array().value(plan.first_year).value(plan.last_year).end_array();
  out.member("territory", plan.territory.text()).member("indicators", indicators).end_object();
}

void write(json::Writer& out, const IndicatorView& view) {
  const pack::Indicator& indicator = *view.indicator;
  out.begin_object().member("key", indicator.key).member("number", indicator.number);
  name(out, indicator.name);
  out.member("unit", indicator.unit)
      .member("main", indicator.main)
      .member("binding", indicator.binding)
      .member("better", indicator.higher_is_better ? "higher" : "lower")
      .member("value_source",
              view.report ? std::string_view("reported") : pack::name_of(indicator.source_of_value))
      .member("every", indicator.every)
      .member("value", view.value);
  out.key("scope");
  write(out, indicator.scope);
  part(out, "numerator", indicator.numerator, view.numerator);
  part(out, "denominator", indicator.denominator, view.denominator);
  out.key("report");
  view.report ? write_given(out, *view.report) : static_cast<void>(out.null());
  out.key("baseline").begin_array();
  for (const pack::Baseline& baseline : indicator.baselines) write_baseline(out, baseline);
  out.end_array().key("targets").begin_array();
  for (const pack::Target& target : indicator.targets)
    write_target(out, target, &target == view.target);
  out.end_array().key("status");
  view.status ? out.value(indicator::name_of(*view.status)) : out.null();
  out.member("expected", view.expected).member("progress", view.progress);
  write_goal(out, view);
  out.key("definition");
  write(out, indicator.description);
  out.key("note");
  write(out, indicator.note);
  out.member("expression", indicator.value ? indicator.value->source : std::string());
  out.key("source").begin_object();
  for (const auto& [plan, where] : indicator.source) out.member(plan, where);
  out.end_object().end_object();
}

void write(json::Writer& out, const pack::PlanHeader& plan, Code place, time::Date date,
           const std::vector<IndicatorView>& views) {
  out.begin_object().member("plan", plan.key).member("place", place.text());
  out.member("date", time::format_date(date)).key("items").begin_array();
  for (const IndicatorView& view : views) write(out, view);
  out.end_array().key("next").null().end_object();
}

void write(json::Writer& out, const IndicatorAtPlace& view) {
  out.begin_object()
      .member("place", view.place.code.text())
      .member("place_name", view.place.name)
      .member("value", view.view.value)
      .key("status");
  view.view.status ? out.value(indicator::name_of(*view.view.status)) : out.null();
  out.member("expected", view.view.expected).member("progress", view.view.progress);
  write_goal(out, view.view);
  out.end_object();
}

void write(json::Writer& out, const TrendPoint& point) {
  out.begin_object()
      .member("period", point.period)
      .member("value", point.value)
      .member("baseline", point.baseline)
      .end_object();
}

Shape plan_shape() {
  return shape::object(
      {required("key", shape::text()), required("name", text_shape()),
       required("document", shape::text()), required("status", shape::text()),
       optional("issued", shape::date()), required("years", shape::array(shape::integer())),
       required("territory", shape::place()), required("indicators", shape::integer())},
      "Plan");
}

Shape indicator_shape() {
  return shape::object({required("key", shape::text()),
                        required("number", shape::text()),
                        required("name", text_shape()),
                        required("unit", shape::text()),
                        required("main", shape::boolean()),
                        required("binding", shape::boolean()),
                        required("better", shape::choice({"higher", "lower"})),
                        required("value_source", shape::choice({"computed", "partly_delivered",
                                                                "reported", "rule"})),
                        required("every", shape::choice({"month", "quarter", "half_year", "year"})),
                        number("value"),
                        required("scope", text_shape()),
                        required("numerator", part_shape()),
                        required("denominator", part_shape()),
                        optional("report", given_shape()),
                        required("baseline", shape::array(shape::open_object())),
                        required("targets", shape::array(shape::open_object())),
                        optional("status", status_shape()),
                        number("expected"),
                        number("progress"),
                        optional("goal", goal_shape()),
                        required("definition", text_shape()),
                        required("note", text_shape()),
                        required("expression", shape::text(2000)),
                        required("source", shape::open_object())},
                       "IndicatorValue");
}

Shape indicator_place_shape() {
  return shape::object({required("place", shape::place()), required("place_name", shape::text()),
                        number("value"), optional("status", status_shape()), number("expected"),
                        number("progress"), optional("goal", goal_shape())},
                       "IndicatorAtPlace");
}

Shape trend_shape() {
  return shape::object({required("period", shape::text()), required("value", shape::number()),
                        required("baseline", shape::boolean())},
                       "TrendPoint");
}

}  // namespace linli::plans
