// Measures, indicators and standards: what they compute and which plan they stand in.
#include <algorithm>

#include "core/expr/tree.h"
#include "engine/pack/link.h"
#include "engine/pack/scopes.h"

namespace linli::pack {
namespace {

template <class Items>
auto* with_key(Items& items, const std::string& key) {
  return &*std::find_if(items.begin(), items.end(),
                        [&](const auto& item) { return item.key == key; });
}

std::optional<expr::Expression> figure(const Document& document, const Content& content,
                                       Report& report, std::string_view member = "value") {
  const json::Value* value = document.value.find(member);
  if (!value || !value->is_string()) return std::nullopt;
  return compiled(document, *value, figure_environment(content), expr::Type::decimal, report);
}

// The dimensions of a measure are choices, places or units of the one kind that it counts.
void check_dimensions(const Document& document, const Measure& measure, const Content& content,
                      Report& report) {
  if (measure.by.empty()) return;
  const json::Value& by = *document.value.find("by");
  const auto parts = expr::aggregates(measure.value);
  for (const auto& part : parts) {
    const expr::Scope* scope = scope_of_kind(content, part->kind);
    std::vector<std::string> names;
    for (const expr::Variable& variable : scope->variables) {
      const bool splits = variable.type == expr::Type::choice || variable.name == "unit" ||
                          variable.type == expr::Type::boolean;
      if (splits && variable.derived.empty()) names.push_back(variable.name);
    }
    expect_known(document, by, measure.by, names, "dimension of " + part->kind, report);
  }
}

void check_targets(const Document& document, const Indicator& indicator, Report& report) {
  for (const Target& target : indicator.targets) {
    if ((target.comparator == Comparator::between) != target.upper.has_value()) {
      report.add(document, *document.value.find("target"),
                 "a target between two values has both, others have one",
                 "comparator: between with value and upper");
    }
  }
}

void expect_plan(const Document& document, const std::string& plan, const Content& content,
                 Report& report) {
  expect_known(document, *document.value.find("plan"), {plan}, keys_of(content.plans), "plan",
               report);
}

void check_path(const Document& document, const Indicator& indicator, Report& report) {
  const bool ascending =
      std::is_sorted(indicator.path.begin(), indicator.path.end(),
                     [](const Milestone& a, const Milestone& b) { return a.due <= b.due; });
  if ((indicator.pace == Pace::path) != !indicator.path.empty() || !ascending) {
    const json::Value* at = document.value.find("path");
    report.add(document, at ? *at : document.value, "a path goes with `pace: path`, by its dates",
               "pace: path and path: [{due: 2023-12-31, value: 60}, …]");
  }
}

void link_indicator(const Document& document, Indicator& indicator, const Content& content,
                    Report& report) {
  expect_plan(document, indicator.plan, content, report);
  for (const Indicator& other : content.indicators) {
    if (&other < &indicator && other.plan == indicator.plan && other.number == indicator.number) {
      report.add(document, *document.value.find("number"),
                 "the plan has another indicator " + indicator.number + ": `" + other.key + "`",
                 "another number");
    }
  }
  indicator.value = figure(document, content, report);
  const bool computes = indicator.source_of_value == ValueSource::computed ||
                        indicator.source_of_value == ValueSource::partly_delivered;
  const bool has_value = !document.value.text("value").empty();
  if (!computes && has_value) {
    report.add(document, *document.value.find("value"),
               "a " + document.value.text("value_source") + " indicator computes nothing",
               "no value, or value_source: computed");
  } else if (indicator.source_of_value == ValueSource::computed && !has_value) {
    report.add(document, document.value, "`value` is missing",
               "an expression, or value_source: reported");
  }
  check_targets(document, indicator, report);
  check_path(document, indicator, report);
}

// A plan that publishes no weights: the rows of its main table count alike, or all that is measured
// where it has no table.
void weigh_alike(Evaluation& evaluation, const Content& content) {
  const auto add = [&](bool main) {
    for (const Indicator& indicator : content.indicators) {
      const bool measured = indicator.source_of_value != ValueSource::rule;
      if (indicator.plan == evaluation.plan && indicator.main == main && measured) {
        evaluation.weights.emplace_back(indicator.key, 1);
      }
    }
  };
  add(true);
  if (evaluation.weights.empty()) add(false);
}

void link_evaluation(const Document& document, Evaluation& evaluation, const Content& content,
                     Report& report) {
  expect_known(document, *document.value.find("plan"), {evaluation.plan}, keys_of(content.plans),
               "plan", report);
  std::vector<std::string> named;
  for (const auto& [indicator, weight] : evaluation.weights) named.push_back(indicator);
  std::vector<std::string> own;
  for (const Indicator& indicator : content.indicators) {
    if (indicator.plan == evaluation.plan) own.push_back(indicator.key);
  }
  const json::Value* weights = document.value.find("weights");
  if (weights == nullptr) return weigh_alike(evaluation, content);
  expect_known(document, *weights, named, own, "indicator of " + evaluation.plan, report);
}

// What a standard over records or places may name: the record, or figures of the place.
expr::Environment environment_of(const Standard& standard, const Content& content) {
  expr::Environment environment = figure_environment(content);
  const Register* kind = content.find_register(standard.of);
  if (kind != nullptr) environment = {.scope = &kind->scope};
  return environment;
}

void link_standard(const Document& document, Standard& standard, const Content& content,
                   Report& report) {
  expect_plan(document, standard.plan, content, report);
  if (!standard.of_places()) {
    std::vector<std::string> kinds = keys_of(content.registers);
    kinds.insert(kinds.end(), {"community", "township", "grid", "micro_grid"});
    expect_known(document, *document.value.find("of"), {standard.of}, kinds, "register or place",
                 report);
    const Register* kind = content.find_register(standard.of);
    if (kind == nullptr) return;
    const Field* title = kind->field(kind->title);
    if (title != nullptr && title->type == FieldType::person_name) {
      report.add(document, *document.value.find("of"), "no standard is held against persons",
                 "a register of things or a kind of place");
    }
  }
  const expr::Environment environment = environment_of(standard, content);
  const auto read = [&](std::string_view member) -> std::optional<expr::Expression> {
    const json::Value* text = document.value.find(member);
    if (text == nullptr || !text->is_string()) return std::nullopt;
    return compiled(document, *text, environment, expr::Type::decimal, report);
  };
  if (auto value = read("value")) standard.value = std::move(*value);
  standard.minimum = read("minimum");
  standard.maximum = read("maximum");
  if (const json::Value* when = document.value.find("when"); when && when->is_string()) {
    expr::Environment of_one = environment;
    if (standard.of_places()) of_one.scope = &content.place_scope;
    standard.when = compiled(document, *when, of_one, expr::Type::boolean, report);
  }
  if (!standard.minimum && !standard.maximum) {
    report.add(document, document.value, "the standard asks for nothing", "a minimum or a maximum");
  }
}

}  // namespace

void link_figures(const Document& document, Content& content, Report& report) {
  if (document.family == "indicator") {
    link_indicator(document, *with_key(content.indicators, document.key), content, report);
  } else if (document.family == "check") {
    Check& check = *with_key(content.checks, document.key);
    auto of = figure(document, content, report, "of");
    auto wrong = figure(document, content, report, "wrong");
    if (of) check.of = std::move(*of);
    if (wrong) check.wrong = std::move(*wrong);
  } else if (document.family == "evaluation") {
    link_evaluation(document, *with_key(content.evaluations, document.key), content, report);
  } else if (document.family == "measure") {
    Measure& measure = *with_key(content.measures, document.key);
    if (auto value = figure(document, content, report)) {
      measure.value = std::move(*value);
      check_dimensions(document, measure, content, report);
    }
  } else if (document.family == "standard") {
    link_standard(document, *with_key(content.standards, document.key), content, report);
  } else if (document.family == "plan") {
    const PlanHeader& plan = *with_key(content.plans, document.key);
    if (!plan.follows.empty()) {
      expect_known(document, *document.value.find("follows"), {plan.follows},
                   keys_of(content.plans), "plan", report);
    }
  }
}

}  // namespace linli::pack
