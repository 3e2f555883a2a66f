#include "domain/gateways/ogc_collections.h"

#include "domain/gateways/ogc_places.h"

namespace linli::gateways::ogc {
namespace {

using region::Code;
using region::Level;

struct NamedLevel {
  Level level;
  const char* zh;
  const char* en;
};
constexpr NamedLevel kLevels[] = {{Level::county, "县（市、区）", "Counties"},
                                  {Level::township, "乡镇（街道）", "Townships"},
                                  {Level::village, "村（社区）", "Villages and communities"}};

Result<Code> own_region(host::Context& call) {
  return Code::parse(call.services().settings.region);
}

std::optional<registers::PointScope> scope_of(host::Context& call, const pack::Register& kind) {
  const Code region = MUST(own_region(call));
  const auto scope = registers::point_scope(call.actor(), kind, region);
  const bool all = scope && scope->territories == std::vector<Code>{region};
  if (kind.key == maps::kPublicRegister && !all) {
    return registers::everybody(call.actor(), kind, region);
  }
  return scope ? std::optional(*scope) : std::nullopt;
}

pack::Text title_of(const maps::Figure& figure, const NamedLevel& at) {
  const auto english = [](const pack::Text& text) { return text.en.empty() ? text.zh : text.en; };
  return {figure.theme.zh + " · " + figure.name.zh + " · " + at.zh,
          english(figure.theme) + " · " + english(figure.name) + " · " + at.en};
}

void write_record(json::Writer& out, const registers::Feature& feature, Crs crs) {
  out.begin_object().member("type", "Feature").member("id", feature.id);
  out.key("geometry").begin_object().member("type", "Point").key("coordinates");
  write_position(out, feature.at, crs);
  out.end_object();
  out.key("properties").value(json::Value(feature.properties)).end_object();
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

std::vector<Collection> collections(host::Context& call, const maps::Maps& maps) {
  std::vector<Collection> all;
  for (const NamedLevel& at : kLevels) {
    all.push_back({std::string(region::name_of(at.level)), {at.zh, at.en}, {}, at.level, {}, {}});
  }
  for (const pack::Register& kind : call.content().registers) {
    auto scope = scope_of(call, kind);
    if (scope) all.push_back({kind.key, kind.name, kind.description, {}, std::move(scope), {}});
  }
  if (!maps::may_read_figures(call.actor())) return all;
  const Level own = MUST(own_region(call)).level();
  for (const maps::Figure& figure : maps.figures().all(call.services())) {
    for (const NamedLevel& at : kLevels) {
      // Of the whole region alone there is nothing to see on a map.
      if (at.level < figure.highest || at.level <= own) continue;
      all.push_back({figure.id + "." + std::string(region::name_of(at.level)),
                     title_of(figure, at),
                     figure.about,
                     at.level,
                     {},
                     figure});
    }
  }
  return all;
}

Result<Collection> collection_named(host::Context& call, const maps::Maps& maps,
                                    const std::string& id) {
  for (Collection& collection : collections(call, maps)) {
    if (collection.id == id) return std::move(collection);
  }
  return refuse(ErrorKind::not_found, "ogc.unknown_collection", id);
}

Result<Items> items(host::Context& call, const Collection& collection, const Asked& asked) {
  return collection.level ? place_items(call, collection, asked)
                          : record_items(call, *collection.scope, asked);
}

Result<std::string> item(host::Context& call, const Collection& collection, const std::string& id,
                         Crs crs) {
  if (!collection.scope) return place_item(call, collection, id, crs);
  const auto feature = call.read([&](db::Tx& tx) {
    return registers::feature(tx, call.services(), call.actor(), *collection.scope, id,
                              call.today());
  });
  if (!feature) return refuse(ErrorKind::not_found, "ogc.unknown_feature", id);
  json::Writer out;
  write_record(out, *feature, crs);
  return out.take();
}

}  // namespace linli::gateways::ogc
