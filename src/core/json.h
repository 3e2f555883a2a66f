// JSON: read into a Value, write straight to text. The parser behind it (simdjson) stays in
// json.cpp; YAML becomes the same Value (core/yaml.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/result.h"

namespace linli::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
// Keeps the order of the text; no duplicate keys (refused by the readers).
using Object = std::vector<Member>;

// A parsed document: null, bool, int64, double, string, array or object. `line` is the 1-based
// line in the source where YAML knows it, else 0.
class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}                                      // NOLINT
  Value(bool value) : data_(value) {}                           // NOLINT
  Value(int value) : data_(static_cast<int64_t>(value)) {}      // NOLINT
  Value(int64_t value) : data_(value) {}                        // NOLINT
  Value(double value) : data_(value) {}                         // NOLINT
  Value(const char* value) : data_(std::string(value)) {}       // NOLINT
  Value(std::string_view value) : data_(std::string(value)) {}  // NOLINT
  Value(std::string value) : data_(std::move(value)) {}         // NOLINT
  Value(Array value) : data_(std::move(value)) {}               // NOLINT
  Value(Object value) : data_(std::move(value)) {}              // NOLINT

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(data_); }
  bool is_bool() const { return std::holds_alternative<bool>(data_); }
  bool is_int() const { return std::holds_alternative<int64_t>(data_); }
  bool is_number() const { return is_int() || std::holds_alternative<double>(data_); }
  bool is_string() const { return std::holds_alternative<std::string>(data_); }
  bool is_array() const { return std::holds_alternative<Array>(data_); }
  bool is_object() const { return std::holds_alternative<Object>(data_); }

  // Each throws std::bad_variant_access when the type differs: check first, or validate the whole
  // with a Shape (core/shape.h) before reading.
  bool as_bool() const { return std::get<bool>(data_); }
  int64_t as_int() const { return std::get<int64_t>(data_); }
  double as_number() const {
    return is_int() ? static_cast<double>(as_int()) : std::get<double>(data_);
  }
  const std::string& as_string() const { return std::get<std::string>(data_); }
  const Array& as_array() const { return std::get<Array>(data_); }
  const Object& as_object() const { return std::get<Object>(data_); }
  Array& as_array() { return std::get<Array>(data_); }
  Object& as_object() { return std::get<Object>(data_); }

  // The member of that name, or nullptr (also when this is no object).
  const Value* find(std::string_view key) const;
  // Shorthands for optional members: the fallback when absent, null or of another type.
  std::string text(std::string_view key, std::string_view fallback = {}) const;
  int64_t integer(std::string_view key, int64_t fallback = 0) const;
  double number(std::string_view key, double fallback = 0) const;
  bool flag(std::string_view key, bool fallback = false) const;
  // Sets or replaces a member; this must be an object (or null, which becomes one).
  void set(std::string_view key, Value value);

  int line = 0;

  friend bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

 private:
  std::variant<std::nullptr_t, bool, int64_t, double, std::string, Array, Object> data_;
};

inline constexpr size_t kMaxDepth = 64;

// Reads one document. Refuses bad syntax, bad UTF-8, NUL in text, duplicate keys, more than
// kMaxDepth levels and integers beyond 64 bits with `json.invalid`.
Result<Value> parse(std::string_view text);

// Writes JSON to a string: no tree, no exponents (116.397428 stays 116.397428), non-finite
// numbers as null. Calls must balance; commas are the writer's.
class Writer {
 public:
  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& value(std::string_view text);
  Writer& value(const char* text) { return value(std::string_view(text)); }
  Writer& value(const std::string& text) { return value(std::string_view(text)); }
  Writer& value(bool flag);
  Writer& value(int64_t number);
  Writer& value(int number) { return value(static_cast<int64_t>(number)); }
  Writer& value(double number);
  Writer& value(const Value& tree);
  Writer& null();
  // A member in one call; an empty optional writes null.
  template <class T>
  Writer& member(std::string_view name, const T& item) {
    key(name);
    return value(item);
  }
  template <class T>
  Writer& member(std::string_view name, const std::optional<T>& item) {
    key(name);
    return item ? value(*item) : null();
  }
  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate();
  std::string out_;
  bool comma_ = false;
};

std::string write(const Value& tree);

}  // namespace linli::json
