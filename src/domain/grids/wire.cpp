#include "domain/grids/wire.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "domain/grids/facts.h"
#include "domain/places/api.h"
#include "engine/pack/facts.h"

namespace linli::grids {
namespace {

std::string_view name_of(FaultKind kind) {
  constexpr std::string_view kNames[] = {"without_grid", "too_few", "too_many", "cut_apart",
                                         "group_cut"};
  return kNames[static_cast<size_t>(kind)];
}

std::optional<int64_t> known(int32_t grid) {
  return grid == kNone ? std::nullopt : std::optional<int64_t>(grid);
}

double rounded(double degrees) {
  return std::round(degrees * 1e6) / 1e6;
}

std::optional<double> limit(double households) {
  return households >= kNoLimit ? std::nullopt : std::optional(households);
}

void write_rule(json::Writer& out, const LocalRule& rule) {
  out.begin_object();
  out.member("standard", rule.standard.empty() ? std::nullopt : std::optional(rule.standard));
  out.member("least", rule.by_groups ? std::nullopt : std::optional(rule.least));
  out.member("most", limit(rule.most));
  out.member("by_groups", rule.by_groups);
  out.end_object();
}

void write_text(json::Writer& out, std::string_view key, const pack::Text& text) {
  out.key(key).value(pack::to_json(text));
}

void write_standard(json::Writer& out, const pack::Standard& standard) {
  out.begin_object();
  out.member("key", standard.key);
  write_text(out, "name", standard.name);
  out.member("printed", standard.printed);
  write_text(out, "per", standard.per);
  out.key("rule");
  write_rule(out, rule_of(standard));
  out.end_object();
}

// The block with which a house moves: its estate's or villagers' group's record; else its own id.
std::string block_of(const Scene& scene, size_t house) {
  const int64_t group = scene.ground.area.buildings[house].group;
  const auto block = scene.ground.blocks.find(group);
  return group == kNone || block == scene.ground.blocks.end() ? scene.community.houses[house].id
                                                              : block->second;
}

void write_houses(json::Writer& out, const Scene& scene) {
  out.key("houses").begin_array();
  for (size_t i = 0; i < scene.division.size(); ++i) {
    const House& house = scene.community.houses[i];
    int32_t recorded = number_in(scene.community.parent, house.place);
    int64_t most = 0;
    for (const auto& [grid, count] : house.recorded) {
      if (count.households > most) most = count.households, recorded = grid;
    }
    out.begin_object();
    out.member("id", house.id).member("kind", house.kind).member("name", house.name);
    out.key("point").begin_object();
    out.member("lon", rounded(house.point->lon)).member("lat", rounded(house.point->lat));
    out.end_object();
    out.member("estimate", house.estimate);
    out.member("households", house.all.households).member("residents", house.all.residents);
    out.member("block", block_of(scene, i));
    out.member("grid", known(scene.division[i])).member("recorded", known(recorded));
    out.end_object();
  }
  out.end_array();
  std::set<std::string> used;
  out.key("blocks").begin_array();
  for (size_t i = 0; i < scene.division.size(); ++i) {
    const std::string block = block_of(scene, i);
    const auto estate = scene.community.estates.find(block);
    const auto group = scene.community.villagers_groups.find(block);
    const bool is_estate = estate != scene.community.estates.end();
    if (!is_estate && group == scene.community.villagers_groups.end()) continue;
    if (!used.insert(block).second) continue;
    out.begin_object().member("id", block);
    out.member("kind", is_estate ? "housing_estate" : "villagers_group");
    out.member("name", is_estate ? estate->second : group->second).end_object();
  }
  out.end_array();
}

struct Sum {
  Count now;
  int64_t before = 0;  // households recorded in it
  int64_t houses = 0;
};

void write_grids(json::Writer& out, const View& view, const pack::Content& content) {
  const Scene& scene = view.scene;
  const GridOf division = grid_of(scene.community, scene.division);
  std::map<int32_t, Sum> sums;
  for (const Grid& grid : scene.community.grids) sums.try_emplace(grid.number);
  for (size_t i = 0; i < scene.division.size(); ++i) {
    const House& house = scene.community.houses[i];
    for (const auto& [grid, count] : house.recorded) sums[grid].before += count.households;
    Sum& sum = sums[scene.division[i]];
    sum.now.households += house.all.households;
    sum.now.residents += house.all.residents;
    ++sum.houses;
  }
  sums.erase(kNone);
  out.key("grids").begin_array();
  for (const auto& [number, sum] : sums) {
    const bool is_new = number >= kFirstNew;
    const auto applied = scene.draft.codes.find(number);
    const std::optional<Code> code =
        applied != scene.draft.codes.end() ? std::optional(applied->second)
        : is_new                           ? std::nullopt
                                           : std::optional(code_of(scene.community.parent, number));
    out.begin_object();
    out.member("number", int64_t{number});
    out.member("code", code ? std::optional(code->text()) : std::nullopt);
    out.member("name", name_of_grid(scene.community, content, scene.draft.rule, division,
                                    scene.draft.names, number));
    out.member("households", sum.now.households).member("residents", sum.now.residents);
    out.member("houses", sum.houses).member("before", sum.before);
    out.key("outline");
    const auto outline = view.outlines.find(number);
    outline == view.outlines.end() || outline->second.empty()
        ? static_cast<void>(out.null())
        : places::write_geometry(out, outline->second);
    out.end_object();
  }
  out.end_array();
}

void write_faults(json::Writer& out, const View& view) {
  out.key("faults").begin_array();
  for (const Fault& fault : view.faults) {
    const auto block = view.scene.ground.blocks.find(fault.group);
    out.begin_object().member("kind", name_of(fault.kind)).member("grid", known(fault.grid));
    out.member("block", block == view.scene.ground.blocks.end() ? std::nullopt
                                                                : std::optional(block->second));
    out.member("households", fault.households).end_object();
  }
  out.end_array();
}

void write_change(json::Writer& out, const Change& change) {
  const auto list = [&](std::string_view name, const std::vector<int32_t>& grids) {
    out.key(name).begin_array();
    for (const int32_t grid : grids) out.value(int64_t{grid});
    out.end_array();
  };
  out.key("change").begin_object();
  out.member("households", change.households);
  out.member("moved", change.moved).member("first", change.first);
  out.member("residents_moved", change.residents_moved);
  out.member("residents_first", change.residents_first);
  list("opened", change.opened);
  list("closed", change.closed);
  out.end_object();
}

void write_members(json::Writer& out, const std::vector<Member>& members,
                   const pack::Content& content) {
  out.key("members").begin_array();
  for (const Member& member : members) {
    const pack::Role* role = nullptr;
    for (const pack::Role& known_role : content.roles) {
      if (known_role.key == member.role) role = &known_role;
    }
    out.begin_object().member("account", member.account.id);
    out.member("name", member.account.display_name);
    out.key("role");
    role == nullptr ? out.value(member.role) : out.value(pack::to_json(role->name));
    out.member("place", member.place.text()).member("grid", known(member.grid));
    out.member("closed", member.closed).member("left", member.left).member("came", member.came);
    out.end_object();
  }
  out.end_array();
}

void write_head(json::Writer& out, const Draft& draft) {
  const bool kept = !draft.id.empty();
  out.member("draft", kept ? std::optional(draft.id) : std::nullopt);
  out.member("version", draft.version);
  out.member("state", kept ? name_of(draft.state) : std::string_view("in_force"));
  out.key("rule");
  write_rule(out, draft.rule);
  out.member("author", draft.author_name);
  out.member("created_at", kept ? std::optional(time::format(draft.created_at)) : std::nullopt);
  out.member("updated_at", kept ? std::optional(time::format(draft.updated_at)) : std::nullopt);
  out.member("done", draft.done).member("total", draft.total);
  out.member("code", draft.code.empty() ? std::nullopt : std::optional(draft.code));
}

}  // namespace

View view(db::Tx& tx, host::Services& services, Scene scene, time::Date today) {
  View made;
  made.faults = faults_of(scene.ground.area, scene.ground.rule, scene.division);
  made.change = change_of(scene.community, scene.division);
  made.members = members(tx, scene);
  made.standards = standards_at(tx, services, scene.community, today);
  if (!scene.draft.id.empty()) made.steps = steps(tx, scene.draft);
  made.outlines = outlines(tx, services, scene.community, scene.division);
  made.scene = std::move(scene);
  return made;
}

void write(json::Writer& out, const View& view, const pack::Content& content) {
  const Scene& scene = view.scene;
  out.begin_object();
  write_head(out, scene.draft);
  out.key("place").begin_object();
  out.member("code", scene.community.parent.text()).member("name", scene.community.name);
  out.member("urban", scene.community.urban);
  out.end_object();
  out.member("by_streets", scene.by_streets);
  out.key("standards").begin_array();
  for (const pack::Standard* standard : view.standards) write_standard(out, *standard);
  out.end_array();
  write_grids(out, view, content);
  write_houses(out, scene);
  write_faults(out, view);
  write_change(out, view.change);
  write_members(out, view.members, content);
  out.key("without_group").begin_array();
  for (const std::string& house : scene.ground.without_group) out.value(house);
  out.end_array();
  out.key("steps").begin_array();
  for (const Step& step : view.steps) {
    out.begin_object().member("what", step.what).member("author", step.author_name);
    out.member("at", time::format(step.at));
    out.member("houses", std::ssize(step.grid_before)).end_object();
  }
  out.end_array().end_object();
}

void write(json::Writer& out, const Draft& draft) {
  out.begin_object();
  write_head(out, draft);
  out.member("place", draft.place.text());
  out.end_object();
}

}  // namespace linli::grids
