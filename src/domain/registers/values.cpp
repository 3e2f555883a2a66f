#include "domain/registers/values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>
#include <set>

#include "core/datum.h"
#include "core/id.h"
#include "core/opening_hours.h"
#include "core/region.h"
#include "core/text.h"
#include "domain/registers/formats.h"

namespace linli::registers {

namespace {

using pack::FieldType;

constexpr int64_t kMaxText = 200;
constexpr int64_t kMaxLongText = 2000;
constexpr int64_t kMaxName = 50;
constexpr int64_t kMaxUrl = 500;
constexpr int64_t kMaxImages = 6;
// What expressions may count on (docs/formats/expressions.md, Types and values).
constexpr double kMostNumber = 1e15;
constexpr double kLeastNumber = 1e-15;

// Seven decimals: a centimetre.
std::string point_text(double lon, double lat) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.7f,%.7f", lon, lat);
  return buffer;
}

std::string number_text(double number) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed);
  return {buffer, end.ptr};
}

struct Reader {
  const pack::Field& field;
  const pack::Content& content;
  time::Date today;
  Misfit& misfit;

  std::optional<Value> wrong(std::string code, std::string expected = {}) {
    misfit = {std::move(code), std::move(expected)};
    return std::nullopt;
  }

  std::optional<Value> limited(double number, Value value) {
    if (number != 0 && std::abs(number) < kLeastNumber) {
      return wrong("field.too_small", number_text(kLeastNumber));
    }
    if (std::abs(number) > kMostNumber) {
      return wrong("field.too_large", number_text(kMostNumber));
    }
    if (field.minimum && number < *field.minimum) {
      return wrong("field.too_small", number_text(*field.minimum));
    }
    if (field.maximum && number > *field.maximum) {
      return wrong("field.too_large", number_text(*field.maximum));
    }
    return value;
  }

  std::optional<Value> text(std::string trimmed, int64_t most) {
    const int64_t limit = field.max_length.value_or(most);
    if (text::count_code_points(trimmed) > static_cast<size_t>(limit)) {
      return wrong("field.too_long", std::to_string(limit));
    }
    const bool lines = field.type == FieldType::long_text;
    for (const char c : trimmed) {
      if (static_cast<unsigned char>(c) < 0x20 && !(lines && (c == '\n' || c == '\r'))) {
        return wrong("field.format", "text without control characters");
      }
    }
    return Value(std::move(trimmed));
  }

  std::optional<Value> checked(std::optional<std::string> number, std::string expected) {
    if (!number) return wrong("field.check_digit", std::move(expected));
    return Value(std::move(*number));
  }

  const pack::ChoiceList& list() const {
    const pack::ChoiceList* found = content.list(field.list);
    if (found == nullptr) throw std::logic_error("no list " + field.list);
    return *found;
  }

  std::optional<Value> of_text(const std::string& given) {
    const std::string trimmed = text::trim(given);
    if (trimmed.empty()) return Value();
    switch (field.type) {
      case FieldType::text:
        return text(trimmed, kMaxText);
      case FieldType::long_text:
        return text(trimmed, kMaxLongText);
      case FieldType::person_name:
        return text(trimmed, kMaxName);
      case FieldType::url:
        if (!trimmed.starts_with("https://") && !trimmed.starts_with("http://")) {
          return wrong("field.format", "https://…");
        }
        return text(trimmed, kMaxUrl);
      case FieldType::choice:
        if (list().find(trimmed) == nullptr) return wrong("field.not_a_choice", field.list);
        return Value(trimmed);
      case FieldType::reference:
        if (!id::is_valid(trimmed)) return wrong("field.format", "an id of " + field.to);
        return Value(trimmed);
      case FieldType::phone: {
        auto number = read_phone(trimmed);
        if (!number) return wrong("field.format", "13800001234");
        return Value(std::move(*number));
      }
      case FieldType::cn_id_number:
        return checked(read_id_number(trimmed, today), "18 characters of GB 11643");
      case FieldType::credit_code:
        return checked(read_credit_code(trimmed), "18 characters of GB 32100");
      case FieldType::opening_hours: {
        const auto hours = OpeningHours::parse(trimmed);
        if (!hours) return wrong("field.opening_hours", hours.error().detail);
        return text(hours->text(), kMaxText);
      }
      case FieldType::date: {
        const auto date = time::parse_date(trimmed);
        if (!date) return wrong("field.format", "2025-01-31");
        return Value(*date);
      }
      case FieldType::instant: {
        const auto instant = time::parse(trimmed);
        if (!instant) return wrong("field.format", "2025-01-31T08:30:00+08:00");
        return Value(*instant);
      }
      case FieldType::place: {
        const auto code = region::Code::parse(trimmed);
        if (!code) return wrong("field.format", "a place code");
        return Value(code->padded());
      }
      default:
        return wrong("field.type", std::string(pack::name_of(field.type)));
    }
  }

  std::optional<Value> of_words(const json::Array& items) {
    const int64_t most = field.type == FieldType::images
                             ? static_cast<int64_t>(field.maximum.value_or(kMaxImages))
                             : static_cast<int64_t>(items.size());
    if (static_cast<int64_t>(items.size()) > most) {
      return wrong("field.too_large", std::to_string(most));
    }
    std::vector<std::string> words;
    std::set<std::string> seen;
    for (const json::Value& item : items) {
      if (!item.is_string()) return wrong("field.type", "a list of text");
      const std::string& word = item.as_string();
      const bool fits =
          field.type == FieldType::choices ? list().find(word) != nullptr : id::is_valid(word);
      if (!fits && field.type == FieldType::choices) {
        return wrong("field.not_a_choice", field.list);
      }
      if (!fits) return wrong("field.format", "an id of an image");
      if (seen.insert(word).second) words.push_back(word);
    }
    if (words.empty()) return Value();
    return Value(join_words(words));
  }

  std::optional<Value> of_point(const json::Value& wire) {
    const json::Value* lon = wire.find("lon");
    const json::Value* lat = wire.find("lat");
    if (lon == nullptr || lat == nullptr || !lon->is_number() || !lat->is_number()) {
      return wrong("field.type", "{lon, lat}");
    }
    const std::string named = wire.text("datum");
    const std::optional<datum::Datum> datum =
        named.empty() ? datum::Datum::wgs84 : datum::named(named);
    if (!datum) return wrong("field.format", "a datum: WGS-84, GCJ-02 or BD-09");
    if (std::abs(lon->as_number()) > 180 || std::abs(lat->as_number()) > 90) {
      return wrong("field.format", "degrees in WGS-84");
    }
    const cell::Position at = datum::to_wgs84({lon->as_number(), lat->as_number()}, *datum);
    return Value(point_text(at.lon, at.lat));
  }

  std::optional<Value> of(const json::Value& wire) {
    if (wire.is_null()) return Value();
    switch (field.type) {
      case FieldType::boolean:
        if (!wire.is_bool()) return wrong("field.type", "true or false");
        return Value(static_cast<int64_t>(wire.as_bool()));
      case FieldType::integer:
        if (!wire.is_int()) return wrong("field.type", "a whole number");
        return limited(wire.as_number(), Value(wire.as_int()));
      case FieldType::decimal:
        if (!wire.is_number()) return wrong("field.type", "a number");
        return limited(wire.as_number(), Value(wire.as_number()));
      case FieldType::choices:
      case FieldType::images:
        if (!wire.is_array()) return wrong("field.type", "a list");
        return of_words(wire.as_array());
      case FieldType::point:
        return of_point(wire);
      default:
        if (!wire.is_string()) return wrong("field.type", "text");
        return of_text(wire.as_string());
    }
  }
};

}  // namespace

bool read_value(const pack::Field& field, const pack::Content& content, const json::Value& wire,
                time::Date today, Value& value, Misfit& misfit) {
  std::optional<Value> read = Reader{field, content, today, misfit}.of(wire);
  if (!read) return false;
  value = std::move(*read);
  return true;
}

json::Value to_wire(const pack::Field& field, const Value& value) {
  if (is_null(value)) return nullptr;
  switch (field.type) {
    case FieldType::boolean:
      return std::get<int64_t>(value) != 0;
    case FieldType::integer:
      return std::get<int64_t>(value);
    case FieldType::decimal:
      return std::get<double>(value);
    case FieldType::date:
      return time::format_date(std::get<int64_t>(value));
    case FieldType::instant:
      return time::format(std::get<int64_t>(value));
    case FieldType::place:
      return region::Code(std::get<int64_t>(value)).text();
    case FieldType::choices:
    case FieldType::images: {
      json::Array words;
      for (std::string& word : split_words(std::get<std::string>(value))) {
        words.emplace_back(std::move(word));
      }
      return words;
    }
    case FieldType::point: {
      const std::string& text = std::get<std::string>(value);
      const size_t comma = text.find(',');
      return json::Object{{"lon", std::stod(text.substr(0, comma))},
                          {"lat", std::stod(text.substr(comma + 1))}};
    }
    default:
      return std::get<std::string>(value);
  }
}

Value masked(const pack::Field& field, const Value& value) {
  if (is_null(value) || !is_sensitive(field)) return value;
  const std::string& plain = std::get<std::string>(value);
  const size_t front = field.sensitive == pack::Sensitivity::contact ? 3 : 4;
  const size_t back = field.sensitive == pack::Sensitivity::contact ? 4 : 0;
  if (plain.size() <= front + back || !text::is_utf8(plain.substr(0, front))) return "****";
  return plain.substr(0, front) + std::string(plain.size() - front - back, '*') +
         plain.substr(plain.size() - back);
}

std::string join_words(const std::vector<std::string>& words) {
  std::string joined = "|";
  for (const std::string& word : words) joined += word + "|";
  return joined;
}

std::vector<std::string> split_words(std::string_view joined) {
  std::vector<std::string> words = text::split(joined, '|');
  std::erase(words, "");
  return words;
}

}  // namespace linli::registers
