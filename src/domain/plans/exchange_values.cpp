#include "domain/plans/exchange_values.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "domain/places/api.h"
#include "domain/plans/store.h"
#include "domain/plans/value_requests.h"
#include "domain/plans/words.h"

namespace linli::plans {
namespace {

using indicator::Period;

constexpr std::string_view kStatistics = "statistics";

std::optional<int64_t> whole_year(std::string_view period) {
  const auto year = indicator::parse_year(period);
  return year ? std::optional(*year) : std::nullopt;
}

// What places reported for the period, or for parts of it.
void add_reported(const Scene& scene, const std::vector<const pack::Indicator*>& wanted, Code place,
                  const Period& period, std::vector<ExchangedValue>& values) {
  std::map<std::string_view, const pack::Indicator*> by_key;
  for (const pack::Indicator* known : wanted) by_key[known->key] = known;
  for (const Report& report : store::reports_within(scene.tx, place, period.from, period.to)) {
    const auto of = by_key.find(report.indicator);
    if (of == by_key.end()) continue;
    values.push_back({of->second->plan,
                      report.indicator,
                      place,
                      report.period.text,
                      report.value,
                      {},
                      {},
                      "reported",
                      report.source});
  }
}

void add_computed(const Reader& reader, const pack::Indicator& of, Code place, const Period& period,
                  std::vector<ExchangedValue>& values) {
  if (!of.value) return;
  const auto value = reader.value(*of.value, place);
  if (!value) return;
  ExchangedValue made{of.plan, of.key, place, period.text, *value, {}, {}, "computed", ""};
  if (const auto fraction = indicator::fraction_of(*of.value)) {
    made.numerator = reader.value(fraction->numerator, place);
    made.denominator = reader.value(fraction->denominator, place);
  }
  values.push_back(std::move(made));
}

void add_statistics(const Scene& scene, Code place, int64_t year,
                    std::vector<ExchangedValue>& values) {
  for (const Statistic& known : store::statistics_at(scene.tx, place)) {
    if (known.year != year) continue;
    values.push_back({std::string(kStatistics),
                      known.key,
                      place,
                      std::to_string(year),
                      known.value,
                      {},
                      {},
                      "statistic",
                      known.source});
  }
}

// The indicator's own computed value at a place in a period.
std::optional<double> computed(const Scene& scene, const pack::Indicator& of, Code place,
                               std::string_view period) {
  if (!of.value) return std::nullopt;
  const auto asked = indicator::parse_period(period, scene.today);
  if (!asked) return std::nullopt;
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load({&*of.value}, {place}, *asked);
  return reader.value(*of.value, place);
}

bool same(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

template <class Given>
Given signed_by(Given given, const ExchangedValue& value, const host::Actor& actor,
                time::Instant now) {
  given.place = value.place;
  given.value = value.value;
  given.source = value.evidence;
  given.actor_id = actor.account_id;
  given.actor_name = actor.name;
  given.at = now;
  return given;
}

// What is wrong with a value that shall be saved; empty: it is saved.
std::string save(const Scene& scene, const ExchangedValue& given, const host::Actor& actor,
                 time::Instant now) {
  const bool statistic = given.kind == "statistic";
  if (!host::may(actor, statistic ? "statistic.write" : "plan.report", given.place)) {
    return "access.denied";
  }
  if (!places::find(scene.tx, given.place)) return "place.not_found";
  if (!statistic) {
    const auto indicator = find_indicator(scene.content(), given.plan, given.indicator);
    if (!indicator) return indicator.error().code;
    const auto period = reporting_period(**indicator, given.period);
    if (!period) return period.error().code;
    store::save_report(scene.tx, signed_by(Report{.indicator = given.indicator, .period = *period},
                                           given, actor, now));
    return "";
  }
  const auto& known = scene.content().statistics;
  const bool is_known = std::any_of(known.begin(), known.end(),
                                    [&](const auto& one) { return one.key == given.indicator; });
  if (!is_known) return "statistic.unknown";
  const auto year = whole_year(given.period);
  if (!year) return "exchange.not_a_year";
  store::save_statistic(
      scene.tx, signed_by(Statistic{.key = given.indicator, .year = *year}, given, actor, now));
  return "";
}

}  // namespace

std::vector<ExchangedValue> values_to_exchange(const Scene& scene, std::string_view plan,
                                               Code place, bool children, const Period& period) {
  std::vector<Code> codes = {place};
  if (children) {
    for (const places::Reference& child : children_of(scene.tx, place)) codes.push_back(child.code);
  }
  std::vector<const pack::Indicator*> wanted;
  std::vector<const expr::Expression*> expressions;
  for (const pack::Indicator& known : scene.content().indicators) {
    if (!plan.empty() && known.plan != plan) continue;
    wanted.push_back(&known);
    if (known.value) expressions.push_back(&*known.value);
  }
  Reader reader(scene.tx, scene.services, scene.figures, scene.today);
  reader.load(expressions, codes, period);
  std::vector<ExchangedValue> values;
  for (const Code code : codes) {
    for (const pack::Indicator* of : wanted) add_computed(reader, *of, code, period, values);
    add_reported(scene, wanted, code, period, values);
  }
  // Groups of the file: by plan, place and period; indicators keep their plan's order.
  std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) {
    return std::tie(a.plan, a.place, a.period) < std::tie(b.plan, b.place, b.period);
  });
  if (const auto year = whole_year(period.text)) {
    for (const Code code : codes) add_statistics(scene, code, *year, values);
  }
  return values;
}

BroughtIn bring_in(const Scene& scene, const Exchanged& given, const host::Actor& actor,
                   time::Instant now) {
  BroughtIn done{.errors = given.errors};
  for (size_t i = 0; i < given.values.size(); ++i) {
    const ExchangedValue& value = given.values[i];
    if (value.kind != "computed") {
      const std::string wrong = save(scene, value, actor, now);
      wrong.empty() ? static_cast<void>(++done.saved)
                    : done.errors.push_back({given.lines[i], wrong});
      continue;
    }
    const auto known = find_indicator(scene.content(), value.plan, value.indicator);
    if (!known || !host::may(actor, "figure.read", value.place)) {
      done.errors.push_back({given.lines[i], known ? "access.denied" : "indicator.unknown"});
      continue;
    }
    const auto own = computed(scene, **known, value.place, value.period);
    if (own && same(*own, value.value)) {
      ++done.agreed;
    } else {
      done.differing.push_back({value, own});
    }
  }
  std::stable_sort(done.errors.begin(), done.errors.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  return done;
}

}  // namespace linli::plans
