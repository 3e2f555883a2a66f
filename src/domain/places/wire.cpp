#include "domain/places/wire.h"

#include <optional>
#include <utility>

namespace linli::places {
namespace {

void write_short(json::Writer& out, const Place& place) {
  out.member("code", place.code.text());
  out.member("name", place.name);
  out.member("level", region::name_of(place.level()));
  out.member("status", name_of(place.status));
  out.member("children_count", place.children_count);
  out.key("community_types").begin_array();
  for (const std::string& type : place.community_types) out.value(type);
  out.end_array();
}

std::vector<shape::Field> short_fields() {
  return {shape::required("code", shape::place()),
          shape::required("name", shape::text()),
          shape::required("level", shape::text()),
          shape::required("status", shape::choice({"active", "closed", "merged", "split"})),
          shape::required("children_count", shape::integer(0)),
          shape::required("community_types", shape::array(shape::text()))};
}

shape::Shape reference_shape() {
  return shape::object(
      {shape::required("code", shape::place()), shape::required("name", shape::text()),
       shape::required("level", shape::text())},
      "PlaceReference");
}

}  // namespace

void write(json::Writer& out, const Place& place, const std::vector<Reference>& above) {
  const auto date = [](std::optional<time::Date> day) {
    return day ? std::optional(time::format_date(*day)) : std::nullopt;
  };
  out.begin_object();
  write_short(out, place);
  out.member("parent", place.code == Code() ? std::nullopt : std::optional(place.parent.text()));
  out.member("urban", place.urban);
  out.member("urban_guessed", place.urban_guessed);
  out.member("valid_from", date(place.valid_from));
  out.member("valid_to", date(place.valid_to));
  out.member("version", place.version);
  out.key("ancestors").begin_array();
  for (const Reference& ancestor : above) {
    out.begin_object();
    out.member("code", ancestor.code.text());
    out.member("name", ancestor.name);
    out.member("level", region::name_of(ancestor.code.level()));
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_summary(json::Writer& out, const Place& place) {
  out.begin_object();
  write_short(out, place);
  out.end_object();
}

void write(json::Writer& out, const Hit& hit) {
  out.begin_object();
  out.member("code", hit.code.text());
  out.member("name", hit.name);
  out.member("level", region::name_of(hit.code.level()));
  out.member("path", hit.path);
  out.end_object();
}

void write(json::Writer& out, const HistoryItem& item) {
  out.begin_object();
  out.member("at", time::format(item.at));
  out.member("what", item.what);
  out.member("actor", item.actor_name);
  out.key("detail").value(MUST(json::parse(item.detail)));
  out.end_object();
}

void write_geometry(json::Writer& out, const Area& area) {
  out.begin_object().member("type", "MultiPolygon").key("coordinates").begin_array();
  for (const std::vector<Ring>& polygon : polygons_of(area)) {
    out.begin_array();
    for (const Ring& ring : polygon) {
      out.begin_array();
      for (size_t i = 0; i <= ring.size(); ++i) {
        const Point at = ring[i % ring.size()];
        out.begin_array().value(at.lon).value(at.lat).end_array();
      }
      out.end_array();
    }
    out.end_array();
  }
  out.end_array().end_object();
}

void write(json::Writer& out, const Cell& cell) {
  out.begin_object().member("type", "Feature").key("properties").begin_object();
  out.member("code", cell.code == Code() ? std::nullopt : std::optional(cell.code.text()));
  out.member("name", cell.name);
  out.member("synthetic", cell.synthetic);
  out.end_object().key("geometry");
  cell.area.empty() ? static_cast<void>(out.null()) : write_geometry(out, cell.area);
  out.end_object();
}

shape::Shape summary_shape() {
  return shape::object(short_fields(), "PlaceSummary");
}

shape::Shape place_shape() {
  std::vector<shape::Field> fields = short_fields();
  fields.insert(
      fields.end(),
      {shape::optional("parent", shape::place()), shape::optional("urban", shape::boolean()),
       shape::required("urban_guessed", shape::boolean()),
       shape::optional("valid_from", shape::date()), shape::optional("valid_to", shape::date()),
       shape::required("version", shape::integer()),
       shape::required("ancestors", shape::array(reference_shape()))});
  return shape::object(std::move(fields), "Place");
}

shape::Shape hit_shape() {
  return shape::object(
      {shape::required("code", shape::place()), shape::required("name", shape::text()),
       shape::required("level", shape::text()), shape::required("path", shape::text(1000))},
      "PlaceHit");
}

shape::Shape history_shape() {
  return shape::object(
      {shape::required("at", shape::instant()), shape::required("what", shape::text()),
       shape::required("actor", shape::text()), shape::required("detail", shape::open_object())},
      "PlaceHistoryItem");
}

}  // namespace linli::places
