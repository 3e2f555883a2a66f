#include "domain/gateways/ogc_collections.h"

#include <algorithm>

#include "core/text.h"

namespace linli::gateways::ogc {
namespace {

using region::Code;
using region::Level;

// The register whose whereabouts everybody may know (circles tell them too).
constexpr std::string_view kPublicRegister = "facility";

constexpr Level kLevels[] = {Level::county, Level::township, Level::village};

Result<Code> own_region(host::Context& call) {
  return Code::parse(call.services().settings.region);
}

std::optional<registers::PointScope> scope_of(host::Context& call, const pack::Register& kind) {
  const Code region = MUST(own_region(call));
  const auto scope = registers::point_scope(call.actor(), kind, region);
  const bool all = scope && scope->territories == std::vector<Code>{region};
  if (kind.key == kPublicRegister && !all) return registers::everybody(kind, region);
  return scope ? std::optional(*scope) : std::nullopt;
}

void write_ring(json::Writer& out, const places::Ring& ring, Crs crs) {
  out.begin_array();
  for (const places::Point& point : ring) write_position(out, {point.lon, point.lat}, crs);
  if (!ring.empty()) write_position(out, {ring.front().lon, ring.front().lat}, crs);
  out.end_array();
}

void write_place(json::Writer& out, const places::Place& place, const places::Area& area,
                 bool synthetic, Crs crs) {
  out.begin_object().member("type", "Feature").member("id", place.code.text());
  out.key("geometry");
  if (area.empty()) {
    out.null();
  } else {
    out.begin_object().member("type", "MultiPolygon").key("coordinates").begin_array();
    for (const places::Ring& ring : area) {
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
  out.member("outline", synthetic ? "estimate" : "real");
  out.end_object().end_object();
}

void write_record(json::Writer& out, const registers::Feature& feature, Crs crs) {
  out.begin_object().member("type", "Feature").member("id", feature.id);
  out.key("geometry").begin_object().member("type", "Point").key("coordinates");
  write_position(out, feature.at, crs);
  out.end_object();
  out.key("properties").value(json::Value(feature.properties)).end_object();
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

Result<Items> place_items(host::Context& call, Level level, const Asked& asked) {
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
  const Code region = TRY(own_region(call));
  return call.read([&](db::Tx& tx) -> Result<Items> {
    places::Atlas atlas(places::outlines_folder(call.services().settings));
    Items found;
    found.written.begin_array();
    for (;;) {
      const std::vector<places::Place> some =
          places::at_level(tx, region, level, after, kMostItems);
      for (const places::Place& place : some) {
        const places::Area area = atlas.area_of(tx, place.code);
        if (!meets(asked.query.box, area)) continue;
        if (found.count == asked.query.limit) {
          found.next = after.text();
          break;
        }
        write_place(found.written, place, area, is_drawn(atlas, tx, place), asked.crs);
        ++found.count;
        after = place.code;
      }
      if (!found.next.empty() || some.size() < static_cast<size_t>(kMostItems)) break;
      after = some.back().code;
    }
    found.written.end_array();
    return found;
  });
}

Result<Items> record_items(host::Context& call, const registers::PointScope& scope,
                           const Asked& asked) {
  registers::FeatureQuery query = asked.query;
  if (!asked.cursor.empty()) query.after = TRY(host::read_cursor(asked.cursor));
  return call.read([&](db::Tx& tx) -> Result<Items> {
    const registers::FeaturePage page =
        TRY(registers::features(tx, call.services(), call.actor(), scope, query, call.today()));
    Items found;
    found.written.begin_array();
    for (const registers::Feature& feature : page.items) {
      write_record(found.written, feature, asked.crs);
    }
    found.written.end_array();
    found.count = static_cast<int64_t>(page.items.size());
    if (!page.next.empty()) found.next = host::write_cursor(page.next);
    return found;
  });
}

}  // namespace

std::vector<Collection> collections(host::Context& call) {
  std::vector<Collection> all;
  for (const Level level : kLevels) {
    const std::string name(region::name_of(level));
    all.push_back({name, {name, name}, {}, level, {}});
  }
  for (const pack::Register& kind : call.content().registers) {
    auto scope = scope_of(call, kind);
    if (scope) all.push_back({kind.key, kind.name, kind.description, {}, std::move(scope)});
  }
  return all;
}

Result<Collection> collection_named(host::Context& call, const std::string& id) {
  for (Collection& collection : collections(call)) {
    if (collection.id == id) return std::move(collection);
  }
  return refuse(ErrorKind::not_found, "ogc.unknown_collection", id);
}

Result<Items> items(host::Context& call, const Collection& collection, const Asked& asked) {
  return collection.level ? place_items(call, *collection.level, asked)
                          : record_items(call, *collection.scope, asked);
}

Result<std::string> item(host::Context& call, const Collection& collection, const std::string& id,
                         Crs crs) {
  json::Writer out;
  if (collection.scope) {
    const auto feature = call.read([&](db::Tx& tx) {
      return registers::feature(tx, call.services(), call.actor(), *collection.scope, id,
                                call.today());
    });
    if (!feature) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
    write_record(out, *feature, crs);
    return out.take();
  }
  const auto code = Code::parse(id);
  const bool here =
      code && code->level() == *collection.level && MUST(own_region(call)).contains(*code);
  if (!here) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
  TRY(call.read([&](db::Tx& tx) -> Done {
    const auto place = places::find(tx, *code);
    if (!place) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
    places::Atlas atlas(places::outlines_folder(call.services().settings));
    const places::Area area = atlas.area_of(tx, *code);
    write_place(out, *place, area, is_drawn(atlas, tx, *place), crs);
    return {};
  }));
  return out.take();
}

}  // namespace linli::gateways::ogc
