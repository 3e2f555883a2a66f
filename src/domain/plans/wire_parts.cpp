#include "domain/plans/wire_parts.h"

namespace linli::plans {

using shape::optional;
using shape::required;

void write(json::Writer& out, const pack::Text& text) {
  out.begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void name(json::Writer& out, const pack::Text& text) {
  out.key("name");
  write(out, text);
}

namespace {

template <class Given>
void write_number(json::Writer& out, std::string_view period, const Given& given) {
  out.begin_object()
      .member("period", period)
      .member("value", given.value)
      .member("source", given.source)
      .member("actor_name", given.actor_name)
      .member("at", time::format(given.at))
      .end_object();
}

}  // namespace

void write_given(json::Writer& out, const Statistic& given) {
  write_number(out, std::to_string(given.year), given);
}

void write_given(json::Writer& out, const Report& given) {
  write_number(out, given.period.text, given);
}

void write_date(json::Writer& out, std::string_view key, time::Date date) {
  out.key(key);
  date != 0 ? out.value(time::format_date(date)) : out.null();
}

shape::Shape text_shape() {
  return shape::object({required("zh", shape::text()), required("en", shape::text())}, "Text");
}

shape::Field number(std::string field) {
  return {std::move(field), shape::number(), true, true};
}

shape::Shape given_shape() {
  return shape::object({required("period", shape::text()), required("value", shape::number()),
                        required("source", shape::text(500)), required("actor_name", shape::text()),
                        required("at", shape::instant())},
                       "GivenNumber");
}

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

shape::Shape goal_shape() {
  return shape::object({required("comparator", shape::text()), required("value", shape::number()),
                        number("upper"), required("printed", shape::text()),
                        required("due", shape::date()), optional("handed_by", shape::place()),
                        optional("start", shape::object({required("value", shape::number()),
                                                         required("day", shape::date())},
                                                        "GoalStart"))},
                       "Goal");
}

shape::Shape status_shape() {
  return shape::choice({"met", "on_track", "behind", "no_data"});
}

}  // namespace linli::plans
