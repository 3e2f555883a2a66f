#include "domain/plans/wire.h"

#include "domain/plans/wire_parts.h"

namespace linli::plans {
namespace {

using shape::optional;
using shape::required;
using shape::Shape;

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
  view.own ? write_given(out, *view.own) : static_cast<void>(out.null());
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

Shape records_shape() {
  return shape::object({required("subject", shape::choice({"register", "case", "place"})),
                        required("kind", shape::text()), required("where", shape::text(2000)),
                        required("link", shape::text(4000)), number("count")},
                       "RecordsBehind");
}

Shape statistic_shape() {
  return shape::object(
      {required("key", shape::text()), required("name", text_shape()),
       required("unit", shape::text()), number("value"), optional("own", given_shape())},
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
