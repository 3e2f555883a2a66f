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

// Member `goal`: what the place is to reach, by when, from where.
void write_goal(json::Writer& out, const IndicatorView& view) {
  const std::optional<indicator::Goal>& goal = view.goal;
  out.key("goal");
  if (!goal) {
    out.null();
    return;
  }
  out.begin_object()
      .member("comparator", pack::name_of(goal->target.comparator))
      .member("value", goal->target.value)
      .member("upper", goal->target.upper)
      .member("printed", goal->target.printed);
  write_date(out, "due", goal->due);
  out.member("handed_by", view.handed ? std::optional(view.handed->handed_by.text())
                                      : std::optional<std::string>());
  out.key("start");
  if (goal->start) {
    out.begin_object().member("value", goal->start->value);
    write_date(out, "day", goal->start->day);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

void write_interval(json::Writer& out, std::string_view key,
                    const indicator::Forecast::Step& step) {
  out.key(key).begin_object().member("value", step.value).member("low", step.low);
  out.member("high", step.high).end_object();
}

Shape goal_shape() {
  return shape::object({required("comparator", shape::text()), required("value", shape::number()),
                        number("upper"), required("printed", shape::text()),
                        required("due", shape::date()), optional("handed_by", shape::place()),
                        optional("start", shape::object({required("value", shape::number()),
                                                         required("day", shape::date())},
                                                        "GoalStart"))},
                       "Goal");
}

Shape status_shape() {
  return shape::choice({"met", "on_track", "behind", "no_data"});
}

Shape interval_shape() {
  return shape::object({required("value", shape::number()), required("low", shape::number()),
                        required("high", shape::number())},
                       "Interval");
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

void write(json::Writer& out, const Outlook& outlook) {
  const pack::Indicator& indicator = *outlook.now.indicator;
  out.begin_object().member("key", indicator.key);
  name(out, indicator.name);
  out.member("unit", indicator.unit).member("value", outlook.now.value);
  out.member("last_week", outlook.last_week).member("expected", outlook.now.expected);
  write_goal(out, outlook.now);
  out.key("status");
  outlook.now.status ? out.value(indicator::name_of(*outlook.now.status)) : out.null();
  out.member("light", indicator::name_of(outlook.judgement.light)).key("reasons").begin_array();
  for (const indicator::Reason reason : outlook.judgement.reasons) {
    out.value(indicator::name_of(reason));
  }
  out.end_array().key("trend").begin_array();
  for (const TrendPoint& point : outlook.trend) write(out, point);
  out.end_array().key("pace").begin_array();
  for (const Outlook::Pace& point : outlook.pace) {
    out.begin_object().member("period", point.period).member("value", point.value).end_object();
  }
  out.end_array().key("forecast");
  if (outlook.method.empty()) {
    out.null();
  } else {
    out.begin_object().member("method", outlook.method).member("error", outlook.error);
    out.member("level", indicator::kForecastLevel).key("months").begin_array();
    for (const Outlook::Ahead& ahead : outlook.ahead) {
      out.begin_object().member("period", ahead.period).member("value", ahead.step.value);
      out.member("low", ahead.step.low).member("high", ahead.step.high).end_object();
    }
    out.end_array();
    if (outlook.at_due) {
      write_interval(out, "at_due", *outlook.at_due);
    } else {
      out.key("at_due").null();
    }
    out.end_object();
  }
  out.end_object();
}

Shape outlook_shape() {
  const Shape month =
      shape::object({required("period", shape::text()), required("value", shape::number()),
                     required("low", shape::number()), required("high", shape::number())},
                    "ForecastMonth");
  const Shape point = shape::object(
      {required("period", shape::text()), required("value", shape::number())}, "PacePoint");
  const Shape forecast = shape::object(
      {required("method", shape::choice({"last_value", "damped_trend", "seasonal_damped_trend"})),
       required("error", shape::number()), required("level", shape::number()),
       required("months", shape::array(month)), optional("at_due", interval_shape())},
      "Forecast");
  return shape::object(
      {required("key", shape::text()), required("name", text_shape()),
       required("unit", shape::text()), number("value"), number("last_week"), number("expected"),
       optional("goal", goal_shape()), optional("status", status_shape()),
       required("light", shape::choice({"none", "green", "amber", "red"})),
       required("reasons",
                shape::array(shape::choice({"no_data", "met", "overdue", "on_pace", "behind_pace",
                                            "no_pace", "forecast_reaches", "forecast_may_reach",
                                            "forecast_misses", "no_forecast"}))),
       required("trend", shape::array(trend_shape())), required("pace", shape::array(point)),
       optional("forecast", forecast)},
      "Outlook");
}

}  // namespace linli::plans
