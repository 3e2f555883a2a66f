// Which size grids must have in a place: standards of the packs, or an officer's own range.
#include "domain/grids/rules.h"
#include "domain/places/api.h"

namespace linli::grids {
namespace {

constexpr std::string_view kGroups = "villagers_groups";  // the unit of a standard by groups

class PlaceSeen : public expr::Record {
 public:
  explicit PlaceSeen(std::vector<Value> values) : values_(std::move(values)) {}
  Value get(size_t variable) const override { return values_.at(variable); }
  bool has_label(std::string_view, time::Date) const override { return false; }

 private:
  std::vector<Value> values_;
};

std::optional<double> number_of(const std::optional<expr::Expression>& expression) {
  if (!expression) return std::nullopt;
  const Value value = expr::evaluate(*expression, {});
  if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&value);
  return real == nullptr ? std::nullopt : std::optional(*real);
}

const pack::PlanHeader* plan_of(const pack::Content& content, const std::string& key) {
  for (const pack::PlanHeader& plan : content.plans) {
    if (plan.key == key) return &plan;
  }
  return nullptr;
}

}  // namespace

std::vector<const pack::Standard*> standards_for(const pack::Content& content,
                                                 const Community& community,
                                                 const places::Attributes& attributes,
                                                 time::Date today) {
  const bool micro = community.parent.level() == region::Level::grid;
  std::vector<Value> values = places::values_of(attributes);
  values.insert(values.begin(), community.parent.padded());
  const PlaceSeen seen(std::move(values));
  std::vector<const pack::Standard*> found;
  for (const pack::Standard& standard : content.standards) {
    const pack::PlanHeader* plan = plan_of(content, standard.plan);
    if (standard.of != (micro ? "micro_grid" : "grid") || plan == nullptr) continue;
    if (!plan->territory.contains(community.parent)) continue;
    if (standard.valid_from > today || (standard.valid_to != 0 && standard.valid_to < today)) {
      continue;
    }
    if (standard.when && !expr::holds(*standard.when, {.record = &seen, .today = today})) continue;
    found.push_back(&standard);
  }
  return found;
}

LocalRule rule_of(const pack::Standard& standard) {
  if (standard.unit == kGroups) {
    return {.standard = standard.key, .most = kNoLimit, .by_groups = true};
  }
  LocalRule rule{.standard = standard.key};
  rule.least = number_of(standard.minimum).value_or(0);
  rule.most = number_of(standard.maximum).value_or(kNoLimit);
  return rule;
}

Result<LocalRule> own_rule(double least, double most, bool by_groups) {
  if (by_groups) return LocalRule{.most = kNoLimit, .by_groups = true};
  if (!(least >= 0 && most > 0 && least <= most)) {
    return refuse(ErrorKind::invalid, "grids.wrong_rule");
  }
  return LocalRule{.least = least, .most = most};
}

}  // namespace linli::grids
