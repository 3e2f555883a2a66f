#include "engine/geo/osm_read.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/osm/way.hpp>
#include <osmium/visitor.hpp>

namespace linli::geo {

namespace {

constexpr size_t kLongestText = 200;

TagOf tags_of(const osmium::OSMObject& object) {
  return [&object](const char* key) {
    const char* value = object.tags()[key];
    return value == nullptr ? std::string_view() : std::string_view(value);
  };
}

bool is_residential(std::string_view building) {
  constexpr std::array<std::string_view, 12> kHomes{
      "residential", "apartments", "house", "detached",       "terrace", "semidetached_house",
      "dormitory",   "bungalow",   "farm",  "static_caravan", "cabin",   "yes"};
  return std::find(kHomes.begin(), kHomes.end(), building) != kHomes.end();
}

struct TooLarge : std::runtime_error {
  TooLarge() : std::runtime_error("too large") {}
};

class Reading {
 public:
  explicit Reading(const OsmLimits& limits) : limits_(limits) {}

  void way(const osmium::Way& way) {
    const TagOf tag = tags_of(way);
    const std::string_view building = tag("building");
    const WayRules rules = way_rules(tag);
    if (rules.uses != 0) {
      const bool area = tag("area") == "yes" && way.is_closed();
      extract_.ways.push_back({ids_.size(), 0, rules, area});
      extract_.ways.back().ref_count = take_refs(way);
    } else if (!building.empty() && building != "no" && way.is_closed()) {
      extract_.buildings.push_back(
          {ids_.size(), 0, levels(tag("building:levels")), is_residential(building), address(tag)});
      extract_.buildings.back().ref_count = take_refs(way);
    }
  }

  // Between the passes: every node once, in the order of the file.
  void number_nodes() {
    wanted_ = ids_;
    std::sort(wanted_.begin(), wanted_.end());
    wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
    extract_.refs.reserve(ids_.size());
    for (const int64_t id : ids_) extract_.refs.push_back(*find(id));
    ids_ = {};
    extract_.at.assign(wanted_.size(), kNowhere);
  }

  void node(const osmium::Node& node) {
    if (!node.location().valid()) return;
    const Location at{node.location().x(), node.location().y()};
    const std::optional<uint32_t> number = find(node.id());
    if (number) extract_.at[*number] = at;
    if (node.tags().empty()) return;
    const TagOf tag = tags_of(node);
    if (number && !tag("barrier").empty()) {
      const uint8_t uses = passing_uses(tag);
      if (uses != 0xff) extract_.barriers[*number] = uses;
    }
    if (number && !tag("entrance").empty()) extract_.entrances.push_back(*number);
    if (const uint32_t text = address(tag); text != 0) extract_.addresses.push_back({at, text});
  }

  OsmExtract take(std::string date) {
    std::sort(extract_.entrances.begin(), extract_.entrances.end());
    extract_.date = std::move(date);
    return std::move(extract_);
  }

 private:
  uint32_t take_refs(const osmium::Way& way) {
    for (const osmium::NodeRef& ref : way.nodes()) ids_.push_back(ref.ref());
    if (ids_.size() > limits_.refs) throw TooLarge();
    return static_cast<uint32_t>(way.nodes().size());
  }

  std::optional<uint32_t> find(int64_t id) const {
    const auto at = std::lower_bound(wanted_.begin(), wanted_.end(), id);
    if (at == wanted_.end() || *at != id) return std::nullopt;
    return static_cast<uint32_t>(at - wanted_.begin());
  }

  static uint16_t levels(std::string_view text) {
    uint16_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::min<uint16_t>(number, 200);
  }

  // "人民路 12号" or "Rua Augusta 7"; 0 without a house number.
  uint32_t address(const TagOf& tag) {
    const std::string_view number = tag("addr:housenumber");
    if (number.empty()) return 0;
    std::string text(tag("addr:street"));
    if (!text.empty()) text += ' ';
    text += number;
    if (text.size() > kLongestText || text.find('\0') != std::string::npos) return 0;
    if (extract_.texts.size() > limits_.texts) throw TooLarge();
    const auto offset = static_cast<uint32_t>(extract_.texts.size());
    extract_.texts += text;
    extract_.texts += '\0';
    return offset;
  }

  const OsmLimits& limits_;
  OsmExtract extract_;
  std::vector<int64_t> ids_;
  std::vector<int64_t> wanted_;
};

struct Stopped : std::runtime_error {
  Stopped() : std::runtime_error("stopped") {}
};

template <class Item>
std::string pass(const osmium::io::File& file, osmium::osm_entity_bits::type entities,
                 const Progress& progress, double from, void (Reading::*take)(const Item&),
                 Reading& reading) {
  osmium::io::Reader reader(file, entities);
  std::string date = reader.header().get("osmosis_replication_timestamp");
  while (const osmium::memory::Buffer buffer = reader.read()) {
    for (const Item& item : buffer.select<Item>()) (reading.*take)(item);
    const double size = static_cast<double>(std::max<size_t>(1, reader.file_size()));
    if (progress && !progress(from + static_cast<double>(reader.offset()) / size / 2))
      throw Stopped();
  }
  reader.close();
  return date;
}

Result<OsmExtract> extract_from(const osmium::io::File& file, const OsmLimits& limits,
                                const Progress& progress) {
  try {
    Reading reading(limits);
    const std::string date =
        pass<osmium::Way>(file, osmium::osm_entity_bits::way, progress, 0, &Reading::way, reading);
    reading.number_nodes();
    pass<osmium::Node>(file, osmium::osm_entity_bits::node, progress, 0.5, &Reading::node, reading);
    return reading.take(date);
  } catch (const TooLarge&) {
    return refuse(ErrorKind::too_large, "osm.too_large");
  } catch (const Stopped&) {
    return refuse(ErrorKind::conflict, "geo.stopped");
  } catch (const std::exception& fault) {
    // Whatever a broken file makes the library throw.
    return refuse(ErrorKind::invalid, "osm.broken", fault.what());
  }
}

}  // namespace

Result<OsmExtract> read_osm(const std::string& path, const OsmLimits& limits,
                            const Progress& progress) {
  if (!std::filesystem::is_regular_file(path))
    return refuse(ErrorKind::not_found, "osm.missing", path);
  return extract_from(osmium::io::File(path), limits, progress);
}

Result<OsmExtract> read_osm_bytes(std::string_view bytes, const std::string& format,
                                  const OsmLimits& limits) {
  return extract_from(osmium::io::File(bytes.data(), bytes.size(), format), limits, {});
}

}  // namespace linli::geo
