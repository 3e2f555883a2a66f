// Where indicators come from and where they are going, on the wire.
#include "domain/plans/wire.h"
#include "domain/plans/wire_parts.h"

namespace linli::plans {

using shape::optional;
using shape::required;
using shape::Shape;

namespace {

void write_interval(json::Writer& out, std::string_view key,
                    const indicator::Forecast::Step& step) {
  out.key(key).begin_object().member("value", step.value).member("low", step.low);
  out.member("high", step.high).end_object();
}

// Member `held_back`: how the method would have done on the latest part of the history.
void write_held_back(json::Writer& out, const std::optional<indicator::HeldBack>& held) {
  out.key("held_back");
  if (!held) {
    out.null();
    return;
  }
  out.begin_object().member("steps", int64_t{held->steps}).member("inside", int64_t{held->inside});
  out.member("scaled_error", held->scaled_error);
  out.member("scaled_error_of_last_value", held->naive_scaled_error).end_object();
}

Shape held_back_shape() {
  return shape::object({required("steps", shape::integer()), required("inside", shape::integer()),
                        required("scaled_error", shape::number()),
                        required("scaled_error_of_last_value", shape::number())},
                       "HeldBack");
}

Shape interval_shape() {
  return shape::object({required("value", shape::number()), required("low", shape::number()),
                        required("high", shape::number())},
                       "Interval");
}

}  // namespace

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
    write_held_back(out, outlook.held_back);
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
      {required("method",
                shape::choice({"last_value", "drift", "damped_trend", "seasonal_damped_trend"})),
       required("error", shape::number()), required("level", shape::number()),
       required("months", shape::array(month)), optional("held_back", held_back_shape()),
       optional("at_due", interval_shape())},
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
