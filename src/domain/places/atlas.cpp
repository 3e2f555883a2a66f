#include "domain/places/atlas.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <system_error>

#include "core/json.h"
#include "domain/places/store.h"

namespace linli::places {
namespace {

constexpr int64_t kMostCells = 2000;
// Where no outlines are installed.
const Ring kChina = {{73, 18}, {135, 18}, {135, 54}, {73, 54}};

Area read_area(const json::Value& geometry) {
  Area area;
  for (const json::Value& polygon : geometry.find("coordinates")->as_array()) {
    Ring ring;
    for (const json::Value& point : polygon.as_array().at(0).as_array()) {
      ring.push_back({point.as_array().at(0).as_number(), point.as_array().at(1).as_number()});
    }
    if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
    area.push_back(std::move(ring));
  }
  return area;
}

std::vector<Cell> read_cells(const std::string& path) {
  std::vector<Cell> cells;
  std::ifstream in(path, std::ios::binary);
  if (!in) return cells;
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const json::Value whole = MUST(json::parse(text));
  for (const json::Value& feature : whole.find("features")->as_array()) {
    const json::Value& properties = *feature.find("properties");
    cells.push_back({MUST(Code::parse(properties.text("code"))), properties.text("name"),
                     read_area(*feature.find("geometry")), false});
  }
  return cells;
}

// Files of outlines are installed, not edited: each is read once for all answers, and again when
// another has taken its place.
std::shared_ptr<const std::vector<Cell>> cells_in(const std::string& path) {
  struct Known {
    std::filesystem::file_time_type written;
    std::shared_ptr<const std::vector<Cell>> cells;
  };
  static std::mutex mutex;
  static std::map<std::string, Known> known;
  std::error_code missing;
  const auto written = std::filesystem::last_write_time(path, missing);
  const std::scoped_lock lock(mutex);
  Known& file = known[path];
  if (file.cells == nullptr || file.written != written) {
    file = {written, std::make_shared<const std::vector<Cell>>(read_cells(path))};
  }
  return file.cells;
}

const Cell* find(const std::vector<Cell>& cells, Code code) {
  const auto found =
      std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) { return cell.code == code; });
  return found == cells.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<Cell>& Atlas::file(const std::string& name) {
  const auto [at, is_new] = files_.try_emplace(name);
  if (is_new) at->second = cells_in(folder_ + "/" + name + ".geojson");
  return *at->second;
}

const Area* Atlas::outline_of(db::Tx& tx, Code code) {
  const Level level = code.level();
  if (level >= Level::grid) {
    const auto [at, is_new] = drawn_.try_emplace(code);
    if (is_new) at->second = store::outline(tx, code);
    return at->second ? &*at->second : nullptr;
  }
  if (level == Level::nation || level > Level::county) return nullptr;
  const Cell* cell =
      find(file(level == Level::province ? "nation" : code.at(Level::province).text()), code);
  return cell == nullptr ? nullptr : &cell->area;
}

const std::vector<Cell>& Atlas::children(db::Tx& tx, Code parent) {
  const auto [at, is_new] = children_.try_emplace(parent);
  if (!is_new) return at->second;
  std::vector<Cell> cells;
  std::vector<Code> codes;
  bool drawn = true;
  for (const Place& child : store::children(tx, parent, false, parent, kMostCells)) {
    const Area* outline = outline_of(tx, child.code);
    if (outline != nullptr) drawn = false;
    cells.push_back({child.code, child.name, outline == nullptr ? Area() : *outline, false});
    codes.push_back(child.code);
  }
  if (parent == Code()) {
    for (const Cell& outside : file("nation")) {
      if (find(cells, outside.code) == nullptr) cells.push_back(outside);
    }
  } else if (drawn && !cells.empty()) {
    std::vector<Area> areas = divide(area_of(tx, parent), codes);
    for (size_t i = 0; i < cells.size(); ++i) {
      cells[i].area = std::move(areas[i]);
      cells[i].synthetic = true;
    }
  }
  return children_[parent] = std::move(cells);
}

Area Atlas::area_of(db::Tx& tx, Code code) {
  if (const Area* outline = outline_of(tx, code)) return *outline;
  if (code.level() == Level::nation) {
    Area whole;
    for (const Cell& province : file("nation")) {
      whole.insert(whole.end(), province.area.begin(), province.area.end());
    }
    return whole.empty() ? Area{kChina} : whole;
  }
  const Cell* cell = find(children(tx, code.parent()), code);
  return cell == nullptr || cell->area.empty() ? area_of(tx, code.parent()) : cell->area;
}

Point Atlas::point_of(db::Tx& tx, Code code) {
  return centre_of(area_of(tx, code));
}

std::optional<Code> Atlas::village_at(db::Tx& tx, Code within, Point point) {
  Code at = within;
  if (at.level() > Level::nation && !contains(area_of(tx, at), point)) return std::nullopt;
  while (at.level() < Level::village) {
    std::optional<Code> below;
    for (const Cell& cell : children(tx, at))
      if (contains(cell.area, point)) below = cell.code;
    if (!below) return std::nullopt;
    at = *below;
  }
  return at;
}

}  // namespace linli::places
