#include "engine/pack/examples.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/similar.h"
#include "core/yaml.h"
#include "engine/pack/documents.h"
#include "engine/pack/link.h"
#include "engine/pack/read.h"
#include "engine/pack/scopes.h"
#include "engine/pack/world.h"

namespace linli::pack {
namespace {

constexpr time::Date kToday = 20251231;

const shape::Shape& example_shape() {
  static const shape::Shape shape = shape::object(
      {shape::required("example", shape::text()), shape::optional("on", shape::date()),
       shape::optional("given", shape::array(shape::open_object())),
       shape::required("expect", shape::array(shape::open_object()))},
      "example");
  return shape;
}

const expr::Expression* figure_named(const Content& content, std::string_view key) {
  if (const Indicator* indicator = content.indicator(key)) {
    return indicator->value ? &*indicator->value : nullptr;
  }
  for (const Measure& measure : content.measures) {
    if (measure.key == key) return &measure.value;
  }
  for (const Standard& standard : content.standards) {
    if (standard.key == key && standard.of_places()) return &standard.value;
  }
  return nullptr;
}

std::string shown(const Value& value) {
  if (is_null(value)) return "not known";
  if (const auto* whole = std::get_if<int64_t>(&value)) return std::to_string(*whole);
  if (const auto* decimal = std::get_if<double>(&value)) return json::write(json::Value(*decimal));
  return "`" + std::get<std::string>(value) + "`";
}

size_t position(const expr::Scope& scope, std::string_view name) {
  return static_cast<size_t>(scope.find(name) - scope.variables.data());
}

// Numbers by value, to the ninth digit.
bool same(const Value& a, const Value& b) {
  const auto number = [](const Value& value) {
    const auto* whole = std::get_if<int64_t>(&value);
    return whole ? static_cast<double>(*whole) : std::get<double>(value);
  };
  const bool plain = is_null(a) || is_null(b) || std::holds_alternative<std::string>(a) ||
                     std::holds_alternative<std::string>(b);
  if (plain) return a == b;
  return std::abs(number(a) - number(b)) <= 1e-9 * std::max(1.0, std::abs(number(b)));
}

class Example {
 public:
  Example(const Content& content, const Document& document, Report& report)
      : content_(content), document_(document), report_(report) {}

  // The number of expectations that were looked at.
  int run() {
    const json::Value& value = document_.value;
    world_.today = kToday;
    if (const auto on = time::parse_date(value.text("on"))) world_.today = *on;
    if (const json::Value* given = value.find("given"); given && given->is_array()) {
      for (const json::Value& item : given->as_array()) {
        if (item.find("place")) give_place(item);
      }
      for (const json::Value& item : given->as_array()) {
        if (!item.find("place")) give(item);
      }
    }
    const json::Array& expected = value.find("expect")->as_array();
    for (const json::Value& item : expected) expect(item);
    return static_cast<int>(expected.size());
  }

 private:
  void give_place(const json::Value& item) {
    Instance place;
    place.at = code_at(item, "place");
    place.kind = "place";
    fill(content_.place_scope, item, item, place, {"place"});
    place.values[0] = place.at.padded();
    Value& urban = place.values[position(content_.place_scope, "urban")];
    Value& rural = place.values[position(content_.place_scope, "rural")];
    if (is_null(rural) && !is_null(urban)) rural = int64_t{urban == Value(int64_t{0})};
    world_.places.push_back(std::move(place));
  }

  void give(const json::Value& item) {
    if (const json::Value* key = item.find("statistic")) {
      expect_known(document_, *key, {item.text("statistic")}, keys_of(content_.statistics),
                   "statistic", report_);
      world_.statistics.push_back(
          {item.text("statistic"), code_at(item, "at"), item.number("value")});
      return;
    }
    if (auto record = record_of(item)) world_.records.push_back(std::move(*record));
  }

  // {worker: {kind: party}, at: "620802001001", times: 18, labels: […]}
  std::optional<Instance> record_of(const json::Value& item) {
    if (item.as_object().empty()) return std::nullopt;
    const auto& [kind, fields] = item.as_object().front();
    const expr::Scope* scope = scope_of_kind(content_, kind);
    if (!scope || scope->of_places || !fields.is_object()) {
      std::vector<std::string> kinds = keys_of(content_.registers);
      for (const CaseKind& known : content_.cases) kinds.push_back(known.key);
      report_.add(document_, item, "`" + kind + "` is no record", suggest(kind, kinds));
      return std::nullopt;
    }
    Instance record;
    record.kind = kind;
    record.at = code_at(item, "at");
    record.times = item.integer("times", 1);
    for (const std::string& label : words_of(item.find("labels"))) {
      expect_known(document_, item, {label}, scope->labels, "label", report_);
      record.labels.insert(label);
    }
    fill(*scope, item, fields, record, {});
    record.values[0] = record.at.padded();
    add_place_attributes(*scope, record);
    add_subject(*scope, fields, record);
    return record;
  }

  // The written values at their positions in the scope.
  void fill(const expr::Scope& scope, const json::Value& at, const json::Value& written,
            Instance& instance, const std::vector<std::string>& beside) {
    instance.values.assign(scope.variables.size(), Value());
    std::vector<std::string> names;
    for (const expr::Variable& variable : scope.variables) {
      if (variable.derived.empty()) names.push_back(variable.name);
    }
    for (const auto& [name, value] : written.as_object()) {
      if (std::find(beside.begin(), beside.end(), name) != beside.end()) continue;
      const expr::Variable* variable = scope.find(name);
      if (!variable || !variable->derived.empty()) {
        expect_known(document_, at, {name}, names, "name", report_);
        continue;
      }
      const std::optional<Value> read = value_of(*variable, value);
      if (read) {
        instance.values[position(scope, name)] = *read;
      } else {
        report_.add(document_, value, "`" + name + "` does not fit",
                    "a value of type " + std::string(expr::name_of(variable->type)));
      }
    }
  }

  void add_place_attributes(const expr::Scope& scope, Instance& record) {
    const Instance* village = world_.place(record.at.village());
    if (!village) return;
    for (const char* name : {"urban", "rural", "community_types"}) {
      Value& value = record.values[position(scope, name)];
      if (is_null(value)) value = village->values[position(content_.place_scope, name)];
    }
  }

  void add_subject(const expr::Scope& scope, const json::Value& fields, Instance& record) {
    const CaseKind* kind = content_.case_kind(record.kind);
    const ChoiceList* list = kind ? content_.list(kind->subject_list) : nullptr;
    const Choice* subject = list ? list->find(fields.text("subject")) : nullptr;
    if (!subject) return;
    for (const auto& [name, attribute] : subject->attributes) {
      const size_t index = position(scope, "subject_" + name);
      record.values[index] = value_of(scope.variables[index], attribute).value_or(Value());
    }
  }

  void expect(const json::Value& item) {
    if (item.find("figure")) return expect_figure(item);
    const std::optional<Instance> record = record_of(item);
    if (!record) return;
    if (const json::Value* shows = item.find("shows"); shows && shows->is_object()) {
      for (const auto& [name, value] : shows->as_object()) expect_shown(*record, name, value);
    } else if (item.find("goes_to")) {
      expect_route(*record, item);
    } else {
      report_.add(document_, item, "nothing is expected of it", "figure, shows or goes_to");
    }
  }

  void expect_figure(const json::Value& item) {
    const std::string key = item.text("figure");
    const expr::Expression* figure = figure_named(content_, key);
    if (!figure) {
      std::vector<std::string> keys = keys_of(content_.indicators);
      for (const Measure& measure : content_.measures) keys.push_back(measure.key);
      return report_.add(document_, item, "`" + key + "` is no figure that is computed",
                         suggest(key, keys));
    }
    const expr::Variable number{.name = "value", .type = expr::Type::decimal};
    const json::Value* written = item.find("value");
    const std::optional<Value> wanted = written ? value_of(number, *written) : std::nullopt;
    if (!wanted) return report_.add(document_, item, "`value` is missing", "a number, or null");
    compare(item, key, world_.figure(*figure, code_at(item, "at")), *wanted);
  }

  void expect_shown(const Instance& record, const std::string& name, const json::Value& written) {
    const Register* kind = content_.find_register(record.kind);
    const std::vector<Derived> none;
    const std::vector<Derived>& all = kind ? kind->derived : none;
    const auto derived =
        std::find_if(all.begin(), all.end(), [&](const Derived& one) { return one.name == name; });
    if (derived == all.end()) {
      return report_.add(document_, written, "`" + name + "` is no derived name of " + record.kind);
    }
    const expr::Variable variable{.name = name, .type = derived->value.type};
    const std::optional<Value> wanted = value_of(variable, written);
    if (!wanted) return report_.add(document_, written, "`" + name + "` does not fit");
    compare(written, name, world_.of_record(derived->value, record), *wanted);
  }

  void expect_route(const Instance& record, const json::Value& item) {
    const CaseKind* kind = content_.case_kind(record.kind);
    if (!kind) return report_.add(document_, item, "`" + record.kind + "` is no case");
    for (const RouteRule& route : kind->routes) {
      if (route.when && world_.of_record(*route.when, record) != Value(int64_t{1})) continue;
      return compare(item, "goes_to", Value(route.to), Value(item.text("goes_to")));
    }
  }

  void compare(const json::Value& at, const std::string& what, const Value& found,
               const Value& wanted) {
    if (same(found, wanted)) return;
    report_.add(document_, at, "`" + what + "` is " + shown(found), shown(wanted));
  }

  region::Code code_at(const json::Value& item, const char* member) {
    const Result<region::Code> code = region::Code::parse(item.text(member));
    if (code && item.find(member)) return *code;
    report_.add(document_, item, std::string("`") + member + "` is no place",
                "a region code in quotes");
    return {};
  }

  const Content& content_;
  const Document& document_;
  Report& report_;
  World world_;
};

}  // namespace

Files read_examples(const std::string& folder, const std::vector<std::string>& packs) {
  namespace fs = std::filesystem;
  Files files;
  for (const std::string& pack : packs) {
    const fs::path tests = fs::path(folder) / pack / "tests";
    if (!fs::is_directory(tests)) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(tests)) {
      if (entry.path().extension() != ".yaml") continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream text;
      text << in.rdbuf();
      files[fs::relative(entry.path(), folder).generic_string()] = text.str();
    }
  }
  return files;
}

Verdict check_examples(const Content& content, const Files& examples) {
  Verdict verdict;
  Report report(verdict.mistakes);
  for (const auto& [file, text] : examples) {
    const Result<std::vector<json::Value>> parsed = yaml::parse(text);
    if (!parsed) {
      report.add(file, 1, parsed.error().detail);
      continue;
    }
    for (const json::Value& value : *parsed) {
      if (value.is_null()) continue;
      const Document document{"", file, "example", value.text("example"), value};
      if (!check_shape(document, value, example_shape(), report)) continue;
      ++verdict.examples;
      verdict.expectations += Example(content, document, report).run();
    }
  }
  return verdict;
}

}  // namespace linli::pack
