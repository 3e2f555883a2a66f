// Statistics, measures, indicators and area standards.
#include <array>

#include "core/time.h"
#include "engine/pack/read.h"

namespace linli::pack {
namespace {

constexpr std::array<std::string_view, 6> kComparators = {"at_least",  "more_than", "at_most",
                                                          "less_than", "equal",     "between"};
constexpr std::array<std::string_view, 3> kSources = {"computed", "partly_delivered", "reported"};

template <class Enum, size_t N>
Enum named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(0);
}

Baseline baseline_of(const json::Value& value) {
  Baseline baseline;
  baseline.year = static_cast<int>(value.integer("year"));
  if (const json::Value* number = value.find("value"); number && number->is_number()) {
    baseline.value = number->as_number();
  }
  baseline.printed = value.text("printed");
  baseline.note = text_of(value.find("note"));
  return baseline;
}

Target target_of(const json::Value& value) {
  Target target;
  target.year = static_cast<int>(value.integer("year"));
  if (const Result<time::Date> due = time::parse_date(value.text("due"))) target.due = *due;
  target.repeat = value.text("repeat");
  target.comparator = named<Comparator>(kComparators, value.text("comparator"));
  target.value = value.number("value");
  if (const json::Value* upper = value.find("upper"); upper && upper->is_number()) {
    target.upper = upper->as_number();
  }
  target.qualifier = value.text("qualifier");
  target.printed = value.text("printed");
  target.note = text_of(value.find("note"));
  return target;
}

Indicator indicator_of(const Document& document) {
  const json::Value& value = document.value;
  Indicator indicator;
  read_common(document, indicator);
  indicator.plan = value.text("plan");
  indicator.number = value.text("number");
  indicator.main = value.flag("main", true);
  indicator.unit = value.text("unit");
  indicator.higher_is_better = value.text("better") == "higher";
  indicator.binding = value.text("attribute") == "binding";
  if (value.text("attribute") != "none") indicator.attribute_printed = indicator.binding;
  indicator.source_of_value = named<ValueSource>(kSources, value.text("value_source"));
  indicator.numerator = text_of(value.find("numerator"));
  indicator.denominator = text_of(value.find("denominator"));
  if (const json::Value* list = value.find("baseline"); list && list->is_array()) {
    for (const json::Value& item : list->as_array()) {
      indicator.baselines.push_back(baseline_of(item));
    }
  }
  if (const json::Value* list = value.find("target"); list && list->is_array()) {
    for (const json::Value& item : list->as_array()) indicator.targets.push_back(target_of(item));
  }
  indicator.note = text_of(value.find("note"));
  return indicator;
}

}  // namespace

void read_figures(const Document& document, Content& content) {
  const json::Value& value = document.value;
  if (document.family == "indicator") {
    content.indicators.push_back(indicator_of(document));
  } else if (document.family == "statistic") {
    Statistic statistic;
    read_common(document, statistic);
    statistic.unit = value.text("unit");
    content.statistics.push_back(std::move(statistic));
  } else if (document.family == "measure") {
    Measure measure;
    read_common(document, measure);
    measure.unit = value.text("unit");
    measure.by = words_of(value.find("by"));
    content.measures.push_back(std::move(measure));
  } else {
    AreaStandard standard;
    read_common(document, standard);
    standard.unit = value.text("unit");
    for (const auto& [plan, limit] : value.find("minimum")->as_object()) {
      standard.minimum[plan] = limit.as_number();
    }
    content.standards.push_back(std::move(standard));
  }
}

}  // namespace linli::pack
