#include "core/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include <simdjson.h>

namespace linli::json {

namespace {

using simdjson::dom::element_type;

constexpr double kTwoTo63 = 9223372036854775808.0;

tl::unexpected<Refusal> invalid(std::string detail) {
  return refuse(ErrorKind::invalid, "json.invalid", std::move(detail));
}

// Databases keep no NUL in text, and a lone low surrogate escape is no character.
Result<std::string> text_of(std::string_view raw) {
  if (raw.find('\0') != std::string_view::npos) return invalid("NUL in text");
  if (!simdjson::validate_utf8(raw.data(), raw.size())) return invalid("lone surrogate in text");
  return std::string(raw);
}

bool has_duplicate_keys(const Object& object) {
  std::vector<std::string_view> keys;
  keys.reserve(object.size());
  for (const Member& member : object) keys.push_back(member.first);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

Result<Value> convert(simdjson::dom::element element) {
  switch (element.type()) {
    case element_type::NULL_VALUE:
      return Value();
    case element_type::BOOL:
      return Value(element.get_bool().value_unsafe());
    case element_type::INT64:
      return Value(element.get_int64().value_unsafe());
    case element_type::UINT64:
      return invalid("integer beyond 64 bits");
    case element_type::DOUBLE:
      return Value(element.get_double().value_unsafe());
    case element_type::STRING:
      return Value(TRY(text_of(element.get_string().value_unsafe())));
    case element_type::ARRAY: {
      Array array;
      const simdjson::dom::array items = element.get_array().value_unsafe();
      for (const simdjson::dom::element item : items) {
        array.push_back(TRY(convert(item)));
      }
      return Value(std::move(array));
    }
    case element_type::OBJECT: {
      Object object;
      const simdjson::dom::object fields = element.get_object().value_unsafe();
      for (const simdjson::dom::key_value_pair field : fields) {
        std::string name = TRY(text_of(field.key));
        object.emplace_back(std::move(name), TRY(convert(field.value)));
      }
      if (has_duplicate_keys(object)) return invalid("duplicate key");
      return Value(std::move(object));
    }
  }
  throw std::logic_error("unknown JSON element");
}

void append_quoted(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
    }
  }
  out.append(text, plain, text.size() - plain);
  out += '"';
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const Member& member : as_object()) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

std::string Value::text(std::string_view key, std::string_view fallback) const {
  const Value* member = find(key);
  return member != nullptr && member->is_string() ? member->as_string() : std::string(fallback);
}

int64_t Value::integer(std::string_view key, int64_t fallback) const {
  const Value* member = find(key);
  return member != nullptr && member->is_int() ? member->as_int() : fallback;
}

double Value::number(std::string_view key, double fallback) const {
  const Value* member = find(key);
  return member != nullptr && member->is_number() ? member->as_number() : fallback;
}

bool Value::flag(std::string_view key, bool fallback) const {
  const Value* member = find(key);
  return member != nullptr && member->is_bool() ? member->as_bool() : fallback;
}

void Value::set(std::string_view key, Value value) {
  if (is_null()) data_ = Object();
  for (Member& member : as_object()) {
    if (member.first == key) {
      member.second = std::move(value);
      return;
    }
  }
  as_object().emplace_back(std::string(key), std::move(value));
}

Result<Value> parse(std::string_view text) {
  simdjson::dom::parser parser;
  if (parser.allocate(std::max<size_t>(text.size(), 64), kMaxDepth) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
  simdjson::dom::element root;
  const simdjson::error_code error = parser.parse(text.data(), text.size()).get(root);
  if (error != simdjson::SUCCESS) return invalid(simdjson::error_message(error));
  return convert(root);
}

void Writer::separate() {
  if (comma_) out_ += ',';
  comma_ = true;
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  comma_ = false;
  return *this;
}

Writer& Writer::end_object() {
  out_ += '}';
  comma_ = true;
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  comma_ = false;
  return *this;
}

Writer& Writer::end_array() {
  out_ += ']';
  comma_ = true;
  return *this;
}

Writer& Writer::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_ += ':';
  comma_ = false;
  return *this;
}

Writer& Writer::value(std::string_view text) {
  separate();
  append_quoted(out_, text);
  return *this;
}

Writer& Writer::value(bool flag) {
  separate();
  out_ += flag ? "true" : "false";
  return *this;
}

Writer& Writer::value(int64_t number) {
  separate();
  std::array<char, 24> digits;  // NOLINT(*-member-init): written next
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out_.append(digits.data(), end.ptr);
  return *this;
}

Writer& Writer::value(double number) {
  if (!std::isfinite(number)) return null();
  if (number == 0) return value(int64_t{0});  // no minus before it
  separate();
  // The longest fixed form is a denormal: "-0." and 324 zeros or digits before the last 17.
  std::array<char, 400> digits;  // NOLINT(*-member-init): written next
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  out_.append(digits.data(), end.ptr);
  // Without a point, readers (ours too) would take it for an integer beyond 64 bits.
  if (std::abs(number) >= kTwoTo63) out_ += ".0";
  return *this;
}

Writer& Writer::value(const Value& tree) {
  if (tree.is_null()) return null();
  if (tree.is_bool()) return value(tree.as_bool());
  if (tree.is_int()) return value(tree.as_int());
  if (tree.is_number()) return value(tree.as_number());
  if (tree.is_string()) return value(tree.as_string());
  if (tree.is_array()) {
    begin_array();
    for (const Value& item : tree.as_array()) value(item);
    return end_array();
  }
  begin_object();
  for (const auto& [name, item] : tree.as_object()) {
    key(name);
    value(item);
  }
  return end_object();
}

Writer& Writer::null() {
  separate();
  out_ += "null";
  return *this;
}

std::string write(const Value& tree) {
  Writer out;
  out.value(tree);
  return out.take();
}

}  // namespace linli::json
