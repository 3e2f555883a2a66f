#include "domain/gateways/ogc_places.h"

#include <algorithm>
#include <map>

namespace linli::gateways::ogc {
namespace {

using region::Code;

void write_ring(json::Writer& out, const places::Ring& ring, Crs crs) {
  out.begin_array();
  for (const places::Point& point : ring) write_position(out, {point.lon, point.lat}, crs);
  if (!ring.empty()) write_position(out, {ring.front().lon, ring.front().lat}, crs);
  out.end_array();
}

// A place with its outline and, of a figure, what it is there.
struct Drawn {
  places::Place place;
  places::Area area;
  bool synthetic = false;
  std::optional<maps::PlaceFigure> figure = {};
};

void write_place(json::Writer& out, const Drawn& drawn, Crs crs) {
  const places::Place& place = drawn.place;
  out.begin_object().member("type", "Feature").member("id", place.code.text());
  out.key("geometry");
  if (drawn.area.empty()) {
    out.null();
  } else {
    out.begin_object().member("type", "MultiPolygon").key("coordinates").begin_array();
    for (const places::Ring& ring : drawn.area) {
      out.begin_array();
      write_ring(out, ring, crs);
      out.end_array();
    }
    out.end_array().end_object();
  }
  out.key("properties").begin_object();
  out.member("code", place.code.text()).member("name", place.name);
  out.member("level", region::name_of(place.level()));
  out.member("parent", place.parent.text()).member("urban", place.urban);
  out.member("outline", drawn.synthetic ? "estimate" : "real");
  if (const auto& figure = drawn.figure) {
    out.member("value", figure->value).member("numerator", figure->numerator);
    out.member("denominator", figure->denominator).member("period", figure->period);
  }
  out.end_object().end_object();
}

// Whether a part of the line from a to b lies in the box (Liang and Barsky 1984).
bool crosses(const registers::Box& box, places::Point a, places::Point b) {
  double from = 0, to = 1;
  const auto keep = [&](double step, double room) {
    if (step == 0) return room >= 0;
    (step < 0 ? from : to) = step < 0 ? std::max(from, room / step) : std::min(to, room / step);
    return from <= to;
  };
  return keep(a.lon - b.lon, a.lon - box.west) && keep(b.lon - a.lon, box.east - a.lon) &&
         keep(a.lat - b.lat, a.lat - box.south) && keep(b.lat - a.lat, box.north - a.lat);
}

bool meets(const registers::Box& box, const places::Area& area) {
  if (box.west > box.east) {
    return meets({box.west, box.south, 180, box.north}, area) ||
           meets({-180, box.south, box.east, box.north}, area);
  }
  for (const places::Ring& ring : area) {
    for (size_t i = 0; i < ring.size(); ++i) {
      if (crosses(box, ring[i], ring[(i + 1) % ring.size()])) return true;
    }
  }
  return places::contains(area, {box.west, box.south});
}

bool is_drawn(places::Atlas& atlas, db::Tx& tx, const places::Place& place) {
  const std::vector<places::Cell>& cells = atlas.children(tx, place.parent);
  const auto at = std::find_if(cells.begin(), cells.end(),
                               [&](const places::Cell& cell) { return cell.code == place.code; });
  return at == cells.end() || at->synthetic;
}

// Without figures of places whose figures the caller may not read.
std::vector<Drawn> with_figures(host::Context& call, db::Tx& tx, const maps::Figure& figure,
                                std::vector<Drawn> drawn) {
  std::vector<Code> codes;
  for (const Drawn& one : drawn) codes.push_back(one.place.code);
  std::map<Code, maps::PlaceFigure> at;
  for (maps::PlaceFigure& one : figure.seen(tx, call.services(), call.actor(), codes, call.now())) {
    at[one.place] = std::move(one);
  }
  for (Drawn& one : drawn) {
    if (const auto found = at.find(one.place.code); found != at.end()) one.figure = found->second;
  }
  std::erase_if(drawn, [](const Drawn& one) { return !one.figure; });
  return drawn;
}

bool concerns(host::Context& call, const Collection& collection, Code place) {
  return !collection.figure || (collection.figure->tells_of(place) &&
                                host::may(call.actor(), maps::kFigurePermission, place));
}

}  // namespace

Result<Items> place_items(host::Context& call, const Collection& collection, const Asked& asked) {
  if (!asked.query.equal.empty()) {
    return refuse_fields({{"/" + asked.query.equal.front().first, "field.unknown", ""}},
                         "ogc.bad_parameter");
  }
  Code after;
  if (!asked.cursor.empty()) {
    const auto code = Code::parse(asked.cursor);
    if (!code) return refuse(ErrorKind::invalid, "page.bad_cursor");
    after = *code;
  }
  const Code region = TRY(Code::parse(call.services().settings.region));
  return call.read([&](db::Tx& tx) -> Result<Items> {
    places::Atlas atlas(places::outlines_folder(call.services().settings));
    Items found;
    std::vector<Drawn> drawn;
    for (;;) {
      const std::vector<places::Place> some =
          places::at_level(tx, region, *collection.level, after, kMostItems);
      for (const places::Place& place : some) {
        if (!concerns(call, collection, place.code)) continue;
        places::Area area = atlas.area_of(tx, place.code);
        if (!meets(asked.query.box, area)) continue;
        if (std::ssize(drawn) == asked.query.limit) {
          found.next = after.text();
          break;
        }
        drawn.push_back({place, std::move(area), is_drawn(atlas, tx, place)});
        after = place.code;
      }
      if (!found.next.empty() || std::ssize(some) < kMostItems) break;
      after = some.back().code;
    }
    if (collection.figure) {
      drawn = with_figures(call, tx, *collection.figure, std::move(drawn));
    }
    found.count = std::ssize(drawn);
    found.written.begin_array();
    for (const Drawn& one : drawn) write_place(found.written, one, asked.crs);
    found.written.end_array();
    return found;
  });
}

Result<std::string> place_item(host::Context& call, const Collection& collection,
                               const std::string& id, Crs crs) {
  const Code region = TRY(Code::parse(call.services().settings.region));
  const auto code = Code::parse(id);
  const bool here = code && code->level() == *collection.level && region.contains(*code) &&
                    concerns(call, collection, *code);
  if (!here) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
  return call.read([&](db::Tx& tx) -> Result<std::string> {
    const auto place = places::find(tx, *code);
    if (!place) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
    places::Atlas atlas(places::outlines_folder(call.services().settings));
    std::vector<Drawn> drawn = {{*place, atlas.area_of(tx, *code), is_drawn(atlas, tx, *place)}};
    if (collection.figure) {
      drawn = with_figures(call, tx, *collection.figure, std::move(drawn));
    }
    json::Writer out;
    write_place(out, drawn.front(), crs);
    return out.take();
  });
}

}  // namespace linli::gateways::ogc
