// Statistics, measures, indicators, checks, evaluations and standards.
#include "core/time.h"
#include "engine/pack/read.h"

namespace linli::pack {
namespace {

// The value of a name that the grammar has checked.
template <class Enum>
Enum named(Enum last, std::string_view name) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return static_cast<Enum>(0);
}

Comparator comparator_of(std::string_view name) {
  return named(Comparator::between, name);
}

time::Date date_of(const json::Value& value, std::string_view member) {
  const Result<time::Date> date = time::parse_date(value.text(member));
  return date ? *date : 0;
}

Baseline baseline_of(const json::Value& value) {
  Baseline baseline;
  baseline.year = static_cast<int>(value.integer("year"));
  if (const json::Value* number = value.find("value"); number && number->is_number()) {
    baseline.value = number->as_number();
  }
  if (value.find("comparator")) baseline.comparator = comparator_of(value.text("comparator"));
  baseline.printed = value.text("printed");
  baseline.note = text_of(value.find("note"));
  return baseline;
}

std::vector<Baseline> baselines_of(const json::Value* list) {
  std::vector<Baseline> all;
  if (list == nullptr || !list->is_array()) return all;
  for (const json::Value& item : list->as_array()) all.push_back(baseline_of(item));
  return all;
}

Target target_of(const json::Value& value) {
  Target target;
  target.year = static_cast<int>(value.integer("year"));
  target.due = date_of(value, "due");
  target.repeat = value.text("repeat");
  target.comparator = comparator_of(value.text("comparator"));
  target.value = value.number("value");
  if (const json::Value* upper = value.find("upper"); upper && upper->is_number()) {
    target.upper = upper->as_number();
  }
  target.qualifier = value.text("qualifier");
  target.printed = value.text("printed");
  target.note = text_of(value.find("note"));
  return target;
}

std::optional<double> number_at(const json::Value& value, std::string_view key) {
  const json::Value* number = value.find(key);
  if (number == nullptr || !number->is_number()) return std::nullopt;
  return number->as_number();
}

// How it goes on its way, and what a reported value keeps.
void read_conduct(const json::Value& value, Indicator& indicator) {
  indicator.pace = named(Pace::path, value.text("pace"));
  if (const json::Value* path = value.find("path"); path && path->is_array()) {
    for (const json::Value& item : path->as_array()) {
      indicator.path.push_back({date_of(item, "due"), item.number("value")});
    }
  }
  indicator.every = value.text("every", "year");
  if (const json::Value* limits = value.find("limits")) {
    indicator.limits = {number_at(*limits, "minimum"), number_at(*limits, "maximum"),
                        number_at(*limits, "change")};
  }
  indicator.decimals = static_cast<int>(value.integer("decimals", 2));
}

Check check_of(const Document& document) {
  Check check;
  read_common(document, check);
  check.severity = named(Severity::notice, document.value.text("severity"));
  check.remedy = text_of(document.value.find("remedy"));
  return check;
}

Evaluation evaluation_of(const Document& document) {
  Evaluation evaluation;
  read_common(document, evaluation);
  evaluation.plan = document.value.text("plan");
  evaluation.kind = document.value.text("kind");
  evaluation.on = date_of(document.value, "on");
  if (const json::Value* weights = document.value.find("weights")) {
    for (const json::Value& item : weights->as_array()) {
      evaluation.weights.emplace_back(item.text("indicator"), item.number("weight"));
    }
  }
  return evaluation;
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
  indicator.source_of_value = named(ValueSource::rule, value.text("value_source"));
  indicator.scope = text_of(value.find("scope"));
  indicator.numerator = text_of(value.find("numerator"));
  indicator.denominator = text_of(value.find("denominator"));
  indicator.baselines = baselines_of(value.find("baseline"));
  indicator.results = baselines_of(value.find("result"));
  if (const json::Value* list = value.find("target"); list && list->is_array()) {
    for (const json::Value& item : list->as_array()) indicator.targets.push_back(target_of(item));
  }
  indicator.note = text_of(value.find("note"));
  read_conduct(value, indicator);
  return indicator;
}

Standard standard_of(const Document& document) {
  const json::Value& value = document.value;
  Standard standard;
  read_common(document, standard);
  standard.plan = value.text("plan");
  standard.of = value.text("of");
  standard.unit = value.text("unit");
  standard.limit = value.number("limit");
  standard.printed = value.text("printed");
  standard.per = text_of(value.find("per"));
  standard.valid_from = date_of(value, "valid_from");
  standard.valid_to = date_of(value, "valid_to");
  standard.note = text_of(value.find("note"));
  return standard;
}

}  // namespace

void read_figures(const Document& document, Content& content) {
  const json::Value& value = document.value;
  if (document.family == "indicator") {
    content.indicators.push_back(indicator_of(document));
  } else if (document.family == "check") {
    content.checks.push_back(check_of(document));
  } else if (document.family == "evaluation") {
    content.evaluations.push_back(evaluation_of(document));
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
    measure.public_from = value.integer("public_from");
    content.measures.push_back(std::move(measure));
  } else {
    content.standards.push_back(standard_of(document));
  }
}

}  // namespace linli::pack
