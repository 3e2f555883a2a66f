#include "domain/plans/standards.h"

#include <algorithm>

#include "domain/places/api.h"
#include "domain/registers/api.h"

namespace linli::plans {
namespace {

using region::Level;

Level level_of(const pack::Standard& standard) {
  if (standard.of == "township") return Level::township;
  if (standard.of == "micro_grid") return Level::micro_grid;
  return standard.of == "grid" ? Level::grid : Level::village;
}

void judge(Holding& holding) {
  if (!holding.value) return;
  if (holding.minimum) holding.shortfall = std::max(0.0, *holding.minimum - *holding.value);
  if (holding.maximum) holding.excess = std::max(0.0, *holding.value - *holding.maximum);
}

bool fails(const Holding& holding) {
  return holding.shortfall.value_or(0) > 0 || holding.excess.value_or(0) > 0;
}

std::vector<Holding> of_places(const Scene& scene, const pack::Standard& standard,
                               const std::vector<places::Place>& all) {
  std::vector<const expr::Expression*> expressions = {&standard.value};
  if (standard.minimum) expressions.push_back(&*standard.minimum);
  if (standard.maximum) expressions.push_back(&*standard.maximum);
  std::vector<Code> codes;
  for (const places::Place& place : all) codes.push_back(place.code);
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(expressions, codes, MUST(indicator::parse_period("now", scene.today)));
  std::vector<Holding> found;
  for (const places::Place& place : all) {
    if (standard.when) {
      std::vector<Value> values = places::values_of(places::attributes_of(scene.tx, place.code));
      values.insert(values.begin(), place.code.padded());
      const Seen seen(values);
      if (!expr::holds(*standard.when, {.record = &seen, .today = scene.today})) continue;
    }
    const auto number = [&](const std::optional<expr::Expression>& expression) {
      return expression ? reader.value(*expression, place.code) : std::nullopt;
    };
    found.push_back({.place = {place.code, place.name},
                     .name = place.name,
                     .value = reader.value(standard.value, place.code),
                     .minimum = number(standard.minimum),
                     .maximum = number(standard.maximum)});
  }
  return found;
}

std::vector<Holding> of_records(const Scene& scene, const pack::Standard& standard, Code first,
                                Code last) {
  const pack::Register& kind = *scene.content().find_register(standard.of);
  const auto title = static_cast<size_t>(kind.scope.find(kind.title) - kind.scope.variables.data());
  std::vector<Holding> found;
  std::vector<Code> codes;
  registers::each_record(
      scene.tx, kind, first, last, [&](const std::string& id, const host::Change::Side& side) {
        const Seen seen(*side.values);
        const expr::Run run{.record = &seen, .today = scene.today};
        if (standard.when && !expr::holds(*standard.when, run)) return;
        const auto number =
            [&](const std::optional<expr::Expression>& expression) -> std::optional<double> {
          if (!expression) return std::nullopt;
          const Value value = expr::evaluate(*expression, run);
          if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
          const auto* real = std::get_if<double>(&value);
          return real != nullptr ? std::optional(*real) : std::nullopt;
        };
        const auto* name = std::get_if<std::string>(&side.values->at(title));
        codes.push_back(side.place);
        found.push_back({.place = {side.place, ""},
                         .record_id = id,
                         .name = name != nullptr ? *name : std::string(),
                         .value = number(standard.value),
                         .minimum = number(standard.minimum),
                         .maximum = number(standard.maximum)});
      });
  const std::vector<places::Reference> named = places::names(scene.tx, codes);
  for (Holding& holding : found) {
    const auto known = std::find_if(named.begin(), named.end(), [&](const places::Reference& one) {
      return one.code == holding.place.code;
    });
    if (known != named.end()) holding.place.name = known->name;
  }
  return found;
}

}  // namespace

Result<const pack::Standard*> find_standard(const pack::Content& content, std::string_view plan,
                                            std::string_view key) {
  for (const pack::Standard& standard : content.standards) {
    if (standard.key == key && standard.plan == plan) return &standard;
  }
  return refuse(ErrorKind::not_found, "standard.unknown", std::string(key));
}

HoldingPage holdings(const Scene& scene, const pack::Standard& standard, Code under, Code after,
                     int64_t limit, bool failing) {
  const std::vector<places::Place> all =
      places::at_level(scene.tx, under, level_of(standard), after, limit);
  const bool last = std::ssize(all) < limit;
  HoldingPage page;
  if (standard.of_places()) {
    if (!all.empty()) page.items = of_places(scene, standard, all);
  } else {
    // Also what lies between two villages: records of the township itself.
    const Code first = after == Code() ? under : Code(after.last() + 1);
    const Code end = last ? Code(under.last()) : Code(all.back().code.last());
    page.items = of_records(scene, standard, first, end);
  }
  for (Holding& holding : page.items) judge(holding);
  if (failing) {
    std::erase_if(page.items, [](const Holding& holding) { return !fails(holding); });
  }
  if (!last) page.next = all.back().code;
  return page;
}

}  // namespace linli::plans
