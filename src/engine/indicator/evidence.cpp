#include "engine/indicator/evidence.h"

#include <cmath>
#include <map>

#include "core/crypto.h"
#include "core/expr/tree.h"
#include "core/json.h"
#include "core/text.h"
#include "engine/indicator/counter.h"

namespace linli::indicator {
namespace {

constexpr std::string_view kDigest = ",\"digest\":\"";

using NodePtr = std::shared_ptr<const expr::Node>;

std::optional<double> literal(const NodePtr& node) {
  if (node->op == expr::Op::decimal) return literal(node->operands[0]);
  if (node->op != expr::Op::literal) return std::nullopt;
  if (const auto* whole = std::get_if<int64_t>(&node->value)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&node->value)) return *real;
  return std::nullopt;
}

bool add_terms(const NodePtr& node, double factor, std::vector<Term>& terms) {
  using expr::Op;
  switch (node->op) {
    case Op::decimal:
      return add_terms(node->operands[0], factor, terms);
    case Op::negate:
      return add_terms(node->operands[0], -factor, terms);
    case Op::add:
      return add_terms(node->operands[0], factor, terms) &&
             add_terms(node->operands[1], factor, terms);
    case Op::subtract:
      return add_terms(node->operands[0], factor, terms) &&
             add_terms(node->operands[1], -factor, terms);
    case Op::multiply:
      for (const size_t constant : {size_t{0}, size_t{1}}) {
        if (const auto number = literal(node->operands[constant])) {
          return add_terms(node->operands[1 - constant], factor * *number, terms);
        }
      }
      return false;
    case Op::aggregate:
      terms.push_back({factor, node->aggregate->text, ""});
      return true;
    case Op::statistic:
      terms.push_back({factor, "", node->name});
      return true;
    default:
      if (const auto number = literal(node)) {
        terms.push_back({factor * *number, "", ""});
        return true;
      }
      return false;
  }
}

bool same(double a, double b) {
  return std::abs(a - b) <= 1e-6 * std::max({1.0, std::abs(a), std::abs(b)});
}

class Check {
 public:
  explicit Check(const json::Value& package) : package_(package) {}

  Verdict run() {
    const json::Value* counters = package_.find("counters");
    const json::Value* indicators = package_.find("indicators");
    if (counters == nullptr || !counters->is_array() || indicators == nullptr ||
        !indicators->is_array()) {
      return {.mistakes = {"counters or indicators are missing"}};
    }
    for (const json::Value& counter : counters->as_array()) check_counter(counter);
    for (const json::Value& indicator : indicators->as_array()) check_indicator(indicator);
    return std::move(verdict_);
  }

 private:
  void mistake(const std::string& where, const std::string& what) {
    verdict_.mistakes.push_back(where + ": " + what);
  }

  void check_counter(const json::Value& counter) {
    ++verdict_.counters;
    const std::string text = counter.text("text");
    int64_t sum = 0;
    if (const json::Value* records = counter.find("records"); records && records->is_array()) {
      for (const json::Value& record : records->as_array()) {
        if (!record.is_array() || record.as_array().size() != 2 || !record.as_array()[1].is_int()) {
          mistake(text, "a record is no pair of hash and contribution");
          return;
        }
        sum += record.as_array()[1].as_int();
        ++verdict_.records;
      }
    }
    const double value = static_cast<double>(sum) / static_cast<double>(kMillion);
    if (!same(value, counter.number("value"))) {
      mistake(text, "its records come to " + std::to_string(value));
    }
    if (!counters_.emplace(text, value).second) mistake(text, "stands twice");
  }

  // The value of a side by its terms; none when something is not in the package.
  std::optional<double> side(const json::Value& side) {
    const json::Value* terms = side.find("terms");
    if (terms == nullptr || !terms->is_array()) return std::nullopt;
    double sum = 0;
    for (const json::Value& term : terms->as_array()) {
      double value = 1;
      if (const std::string counter = term.text("counter"); !counter.empty()) {
        const auto found = counters_.find(counter);
        if (found == counters_.end()) return std::nullopt;
        value = found->second;
      } else if (!term.text("statistic").empty()) {
        value = term.number("value");
      }
      sum += term.number("coefficient") * value;
    }
    return sum;
  }

  void check_indicator(const json::Value& indicator) {
    ++verdict_.indicators;
    const std::string key = indicator.text("key");
    const json::Value* value = indicator.find("value");
    if (value == nullptr || !value->is_number()) return;  // no data
    if (indicator.text("kind") == "reported") return;
    const json::Value* above = indicator.find("numerator");
    const json::Value* below = indicator.find("denominator");
    const auto numerator = above ? side(*above) : std::nullopt;
    if (!numerator) {
      mistake(key, "its numerator does not follow from the counters");
      return;
    }
    double figure = indicator.number("factor", 1) * *numerator;
    if (below != nullptr && below->is_object()) {
      const auto denominator = side(*below);
      if (!denominator || *denominator == 0) {
        mistake(key, "its denominator does not follow from the counters");
        return;
      }
      figure /= *denominator;
    }
    if (!same(figure, value->as_number())) {
      mistake(key, "is " + std::to_string(value->as_number()) + ", its counters make " +
                       std::to_string(figure));
    }
  }

  const json::Value& package_;
  Verdict verdict_;
  std::map<std::string, double> counters_;
};

}  // namespace

std::optional<std::vector<Term>> terms_of(const expr::Expression& expression) {
  std::vector<Term> terms;
  if (!add_terms(expression.root, 1, terms)) return std::nullopt;
  return terms;
}

std::string digest_of(std::string_view body) {
  return std::string(kDigest) + text::hex(crypto::sha256(body)) + "\"}";
}

Verdict verify_evidence(std::string_view text) {
  const size_t at = text.rfind(kDigest);
  if (at == std::string_view::npos) return {.mistakes = {"there is no digest"}};
  std::string_view end = text.substr(at);
  while (!end.empty() && (end.back() == '\n' || end.back() == '\r')) end.remove_suffix(1);
  const auto package = json::parse(text);
  if (!package) return {.mistakes = {"it is no JSON: " + package.error().detail}};
  if (package->text("format") != "linli-evidence/1") return {.mistakes = {"another format"}};
  Verdict verdict = Check(*package).run();
  if (end != digest_of(text.substr(0, at))) {
    verdict.mistakes.insert(verdict.mistakes.begin(), "the digest differs: something was changed");
  }
  return verdict;
}

}  // namespace linli::indicator
