#include "engine/pack/world.h"

#include <algorithm>

namespace linli::pack {
namespace {

using region::Level;

std::optional<Level> level_of_places(std::string_view kind) {
  if (kind == "community") return Level::village;
  if (kind == "township") return Level::township;
  return kind == "county" ? std::optional(Level::county) : std::nullopt;
}

double number(const Value& value) {
  if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  const auto* decimal = std::get_if<double>(&value);
  return decimal ? *decimal : 0;
}

bool is_word_of(const expr::Variable& variable, const json::Value& word) {
  const auto& known = variable.choices;
  return word.is_string() && std::find(known.begin(), known.end(), word.as_string()) != known.end();
}

std::optional<Value> set_of(const expr::Variable& variable, const json::Value& written) {
  if (!written.is_array()) return std::nullopt;
  std::string joined = "|";
  for (const json::Value& word : written.as_array()) {
    if (!is_word_of(variable, word)) return std::nullopt;
    joined += word.as_string() + "|";
  }
  return joined == "|" ? Value() : Value(joined);
}

template <class T>
std::optional<Value> when_read(const Result<T>& read) {
  return read ? std::optional<Value>(*read) : std::nullopt;
}

}  // namespace

std::optional<Value> value_of(const expr::Variable& variable, const json::Value& written) {
  if (written.is_null()) return Value();
  switch (variable.type) {
    case expr::Type::boolean:
      return written.is_bool() ? std::optional<Value>(int64_t{written.as_bool()}) : std::nullopt;
    case expr::Type::integer:
      return written.is_int() ? std::optional<Value>(written.as_int()) : std::nullopt;
    case expr::Type::decimal:
      return written.is_number() ? std::optional<Value>(written.as_number()) : std::nullopt;
    case expr::Type::choices:
      return set_of(variable, written);
    default:
      break;
  }
  if (!written.is_string()) return std::nullopt;
  const std::string& text = written.as_string();
  switch (variable.type) {
    case expr::Type::date:
      return when_read(time::parse_date(text));
    case expr::Type::instant:
      return when_read(time::parse(text));
    case expr::Type::choice:
      return is_word_of(variable, written) ? std::optional<Value>(text) : std::nullopt;
    case expr::Type::place: {
      const Result<region::Code> code = region::Code::parse(text);
      return code ? std::optional<Value>(code->padded()) : std::nullopt;
    }
    default:
      return text;
  }
}

Value World::figure(const expr::Expression& expression, region::Code at) const {
  return expr::evaluate(expression,
                        {.today = today,
                         .figure = [&](const expr::Aggregate& part) { return aggregate(part, at); },
                         .statistic = [&](std::string_view key) -> Value {
                           for (const PublishedNumber& published : statistics) {
                             if (published.key == key && published.at == at) return published.value;
                           }
                           return {};
                         }});
}

Value World::of_record(const expr::Expression& expression, const Instance& record) const {
  return expr::evaluate(expression, {.record = &record, .today = today});
}

const Instance* World::place(region::Code code) const {
  const auto found = std::find_if(places.begin(), places.end(),
                                  [&](const Instance& known) { return known.at == code; });
  return found == places.end() ? nullptr : &*found;
}

Value World::aggregate(const expr::Aggregate& aggregate, region::Code at) const {
  const std::optional<Level> level = level_of_places(aggregate.kind);
  int64_t count = 0;
  double sum = 0;
  for (const Instance& one : level ? places : records) {
    if (level ? one.at.level() != *level : one.kind != aggregate.kind) continue;
    if (!at.contains(one.at)) continue;
    const expr::Run run = {
        .record = &one, .today = today, .figure = [&](const expr::Aggregate& part) {
          return this->aggregate(part, one.at);
        }};
    if (aggregate.condition && !expr::holds(*aggregate.condition, run)) continue;
    count += one.times;
    if (aggregate.value) {
      sum += static_cast<double>(one.times) * number(expr::evaluate(*aggregate.value, run));
    }
  }
  if (aggregate.op == expr::Aggregate::Op::count) return count;
  return aggregate.value->type == expr::Type::integer ? Value(static_cast<int64_t>(sum))
                                                      : Value(sum);
}

}  // namespace linli::pack
