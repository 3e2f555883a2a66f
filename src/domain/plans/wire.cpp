#include "domain/plans/wire.h"

namespace linli::plans {
namespace {

using shape::optional;
using shape::required;
using shape::Shape;

void write(json::Writer& out, const pack::Text& text) {
  out.begin_object().member("zh", text.zh).member("en", text.en).end_object();
}

void name(json::Writer& out, const pack::Text& text) {
  out.key("name");
  write(out, text);
}

void write(json::Writer& out, const pack::Target& target, bool current) {
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

void write(json::Writer& out, const pack::Baseline& baseline) {
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

void report(json::Writer& out, const Statistic& given) {
  out.begin_object()
      .member("year", given.year)
      .member("value", given.value)
      .member("source", given.source)
      .member("actor_name", given.actor_name)
      .member("at", time::format(given.at))
      .end_object();
}

Shape text_shape() {
  return shape::object({required("zh", shape::text()), required("en", shape::text())}, "Text");
}

shape::Field number(std::string field) {
  return {std::move(field), shape::number(), true, true};
}

Shape part_shape() {
  return shape::object({required("name", text_shape()), number("value")}, "FigurePart");
}

Shape report_shape() {
  return shape::object({required("year", shape::integer()), required("value", shape::number()),
                        required("source", shape::text(500)), required("actor_name", shape::text()),
                        required("at", shape::instant())},
                       "ReportedNumber");
}

}  // namespace

void write(json::Writer& out, const MeasureView& view) {
  out.begin_object().member("key", view.measure->key);
  name(out, view.measure->name);
  out.key("definition");
  write(out, view.measure->description);
  out.member("unit", view.measure->unit).member("value", view.value).key("by").begin_object();
  for (const auto& [field, words] : view.by) {
    out.key(field).begin_array();
    for (const Word& one : words) {
      out.begin_object().member("key", one.key);
      name(out, one.name);
      out.member("value", one.value).end_object();
    }
    out.end_array();
  }
  out.end_object().end_object();
}

void write(json::Writer& out, const PlaceView& view, const std::vector<std::string>& keys) {
  out.begin_object()
      .member("place", view.place.code.text())
      .member("place_name", view.place.name)
      .member("value", view.values.front())
      .key("values")
      .begin_object();
  for (size_t i = 0; i < keys.size(); ++i) out.member(keys[i], view.values[i]);
  out.end_object().end_object();
}

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
      .member("value", view.value);
  out.key("scope");
  write(out, indicator.scope);
  part(out, "numerator", indicator.numerator, view.numerator);
  part(out, "denominator", indicator.denominator, view.denominator);
  out.key("report");
  view.report ? report(out, *view.report) : static_cast<void>(out.null());
  out.key("baseline").begin_array();
  for (const pack::Baseline& baseline : indicator.baselines) write(out, baseline);
  out.end_array().key("targets").begin_array();
  for (const pack::Target& target : indicator.targets) write(out, target, &target == view.target);
  out.end_array().key("status");
  view.status ? out.value(indicator::name_of(*view.status)) : out.null();
  out.member("progress", view.progress).key("definition");
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
  out.member("progress", view.view.progress).end_object();
}

void write(json::Writer& out, const TrendPoint& point) {
  out.begin_object()
      .member("period", point.period)
      .member("value", point.value)
      .member("baseline", point.baseline)
      .end_object();
}

void write(json::Writer& out, const RecordsView& view) {
  out.begin_object()
      .member("subject", view.subject)
      .member("kind", view.kind)
      .member("where", view.where)
      .member("link", view.link)
      .member("count", view.count)
      .end_object();
}

void write(json::Writer& out, const StatisticView& view) {
  out.begin_object().member("key", view.statistic->key);
  name(out, view.statistic->name);
  out.member("unit", view.statistic->unit).member("value", view.value).key("own");
  view.own ? report(out, *view.own) : static_cast<void>(out.null());
  out.end_object();
}

void write(json::Writer& out, const ServiceFigures& figures) {
  for (const auto& [key, rate] : figures.rates) {
    out.key(key).begin_object();
    out.member("measure", rate.measure != nullptr ? rate.measure->key : std::string());
    out.member("value", rate.value);
    out.member("numerator", rate.numerator).member("denominator", rate.denominator);
    out.key("name");
    write(out, rate.measure != nullptr ? rate.measure->name : pack::Text{});
    out.key("definition");
    write(out, rate.measure != nullptr ? rate.measure->description : pack::Text{});
    if (key == "satisfaction_rate") {  // the unrated stand beside the rate, not in it
      for (const auto& [other, beside] : figures.rates) {
        if (other == "rated" || other == "unrated") out.member(other, beside.value);
      }
    }
    out.end_object();
  }
  for (const auto& [field, rows] : figures.by) {
    out.key("by_" + field).begin_array();
    for (const ServiceFigures::Row& row : rows) {
      out.begin_object().member("key", row.key);
      name(out, row.name);
      for (size_t i = 0; i < row.values.size(); ++i) {
        out.member(figures.rates[i].first, row.values[i]);
      }
      out.end_object();
    }
    out.end_array();
  }
}

Shape measure_shape() {
  return shape::object({required("key", shape::text()), required("name", text_shape()),
                        required("definition", text_shape()), required("unit", shape::text()),
                        number("value"), required("by", shape::open_object())},
                       "MeasureValue");
}

Shape place_value_shape() {
  return shape::object({required("place", shape::place()), required("place_name", shape::text()),
                        number("value"), required("values", shape::open_object())},
                       "PlaceValue");
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
  const Shape status = shape::choice({"met", "on_track", "behind", "no_data"});
  return shape::object({required("key", shape::text()),
                        required("number", shape::text()),
                        required("name", text_shape()),
                        required("unit", shape::text()),
                        required("main", shape::boolean()),
                        required("binding", shape::boolean()),
                        required("better", shape::choice({"higher", "lower"})),
                        required("value_source", shape::choice({"computed", "partly_delivered",
                                                                "reported", "rule"})),
                        number("value"),
                        required("scope", text_shape()),
                        required("numerator", part_shape()),
                        required("denominator", part_shape()),
                        optional("report", report_shape()),
                        required("baseline", shape::array(shape::open_object())),
                        required("targets", shape::array(shape::open_object())),
                        optional("status", status),
                        number("progress"),
                        required("definition", text_shape()),
                        required("note", text_shape()),
                        required("expression", shape::text(2000)),
                        required("source", shape::open_object())},
                       "IndicatorValue");
}

Shape indicator_place_shape() {
  return shape::object(
      {required("place", shape::place()), required("place_name", shape::text()), number("value"),
       optional("status", shape::choice({"met", "on_track", "behind", "no_data"})),
       number("progress")},
      "IndicatorAtPlace");
}

Shape trend_shape() {
  return shape::object({required("period", shape::text()), required("value", shape::number()),
                        required("baseline", shape::boolean())},
                       "TrendPoint");
}

Shape records_shape() {
  return shape::object({required("subject", shape::choice({"register", "case", "place"})),
                        required("kind", shape::text()), required("where", shape::text(2000)),
                        required("link", shape::text(4000)), number("count")},
                       "RecordsBehind");
}

Shape statistic_shape() {
  return shape::object(
      {required("key", shape::text()), required("name", text_shape()),
       required("unit", shape::text()), number("value"), optional("own", report_shape())},
      "StatisticValue");
}

Shape service_figures_shape() {
  return shape::open_object(
      {required("response_rate", shape::open_object()),
       required("resolution_rate", shape::open_object()),
       required("satisfaction_rate", shape::open_object()),
       required("overdue", shape::open_object()), required("opened", shape::open_object()),
       required("closed", shape::open_object())},
      "ServiceFigures");
}

}  // namespace linli::plans
