#include "core/shape.h"

#include <algorithm>

#include "core/id.h"
#include "core/region.h"
#include "core/shape_words.h"
#include "core/text.h"
#include "core/time.h"

namespace linli::shape {

namespace {

using json::Value;

std::string escape_pointer(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "one of: " : ", ") + word;
  return out;
}

std::string plain(double number) {
  return json::write(Value(number));
}

// Collects every mistake of a value, with its pointer.
class Checker {
 public:
  std::vector<FieldError> take() { return std::move(errors_); }

  void check(const Shape& shape, const Value& value, const std::string& at) {
    switch (shape.type) {
      case Type::any:
        return;
      case Type::boolean:
        return expect(value.is_bool(), at, "field.type", in_words(shape));
      case Type::integer:
        return value.is_int() ? check_limits(shape, value, at)
                              : fail(at, "field.type", "an integer");
      case Type::number:
        return value.is_number() ? check_limits(shape, value, at)
                                 : fail(at, "field.type", "a number");
      case Type::array:
        return check_array(shape, value, at);
      case Type::object:
        return check_object(shape, value, at);
      default:
        break;
    }
    if (!value.is_string()) return fail(at, "field.type", "text");
    check_text(shape, value.as_string(), at);
  }

 private:
  void fail(const std::string& at, std::string code, std::string expected) {
    errors_.push_back({at, std::move(code), std::move(expected)});
  }

  void expect(bool fits, const std::string& at, std::string code, std::string expected) {
    if (!fits) fail(at, std::move(code), std::move(expected));
  }

  void check_limits(const Shape& shape, const Value& value, const std::string& at) {
    const double number = value.as_number();
    if (shape.minimum && number < *shape.minimum) {
      fail(at, "field.too_small", "at least " + plain(*shape.minimum));
    } else if (shape.maximum && number > *shape.maximum) {
      fail(at, "field.too_large", "at most " + plain(*shape.maximum));
    }
  }

  void check_text(const Shape& shape, const std::string& text, const std::string& at) {
    switch (shape.type) {
      case Type::date:
        return expect(time::parse_date(text).has_value(), at, "field.format", in_words(shape));
      case Type::instant:
        return expect(time::parse(text).has_value(), at, "field.format", in_words(shape));
      case Type::place:
        return expect(region::Code::parse(text).has_value(), at, "field.format", in_words(shape));
      case Type::id:
        return expect(id::is_valid(text), at, "field.format", in_words(shape));
      case Type::choice: {
        const auto& choices = shape.choices;
        const bool known = std::find(choices.begin(), choices.end(), text) != choices.end();
        return expect(known, at, "field.not_a_choice", in_words(shape));
      }
      default:
        break;
    }
    const auto length = static_cast<int64_t>(text::count_code_points(text));
    if (shape.max_length && length > *shape.max_length) {
      fail(at, "field.too_long", "at most " + std::to_string(*shape.max_length) + " characters");
    }
  }

  void check_array(const Shape& shape, const Value& value, const std::string& at) {
    if (!value.is_array()) return fail(at, "field.type", "an array");
    const json::Array& items = value.as_array();
    if (shape.max_length && static_cast<int64_t>(items.size()) > *shape.max_length) {
      return fail(at, "field.too_long", "at most " + std::to_string(*shape.max_length) + " items");
    }
    if (!shape.item) return;
    for (size_t i = 0; i < items.size(); ++i) {
      check(*shape.item, items[i], at + '/' + std::to_string(i));
    }
  }

  void check_object(const Shape& shape, const Value& value, const std::string& at) {
    if (!value.is_object()) return fail(at, "field.type", "an object");
    for (const Field& field : shape.fields) {
      const Value* member = value.find(field.name);
      const std::string pointer = at + '/' + escape_pointer(field.name);
      if (member != nullptr && !(member->is_null() && field.nullable)) {
        check(field.shape, *member, pointer);
      } else if (member == nullptr && field.required) {
        fail(pointer, "field.required", in_words(field.shape));
      }
    }
    if (shape.open) return;
    for (const json::Member& member : value.as_object()) {
      const std::string& name = member.first;
      const bool known = std::any_of(shape.fields.begin(), shape.fields.end(),
                                     [&](const Field& field) { return field.name == name; });
      if (!known) fail(at + '/' + escape_pointer(name), "field.unknown", {});
    }
  }

  std::vector<FieldError> errors_;
};

Shape of(Type type) {
  Shape shape;
  shape.type = type;
  return shape;
}

Shape limited(Type type, std::optional<double> minimum, std::optional<double> maximum) {
  Shape shape = of(type);
  shape.minimum = minimum;
  shape.maximum = maximum;
  return shape;
}

}  // namespace

std::string in_words(const Shape& shape) {
  std::string limits;
  if (shape.minimum) limits += " from " + plain(*shape.minimum);
  if (shape.maximum) limits += (shape.minimum ? " to " : " up to ") + plain(*shape.maximum);
  switch (shape.type) {
    case Type::boolean:
      return "true or false";
    case Type::integer:
      return "an integer" + limits;
    case Type::number:
      return "a number" + limits;
    case Type::text:
      return "text";
    case Type::date:
      return "a date YYYY-MM-DD";
    case Type::instant:
      return "a time as in RFC 3339";
    case Type::place:
      return "a region code";
    case Type::id:
      return "a UUID in lower case";
    case Type::choice:
      return listed(shape.choices);
    case Type::array:
      return "an array";
    case Type::object:
      return "an object";
    default:
      return "a value";
  }
}

Shape any() {
  return {};
}
Shape boolean() {
  return of(Type::boolean);
}
Shape integer(std::optional<double> minimum, std::optional<double> maximum) {
  return limited(Type::integer, minimum, maximum);
}
Shape number(std::optional<double> minimum, std::optional<double> maximum) {
  return limited(Type::number, minimum, maximum);
}
Shape text(int64_t max_length) {
  Shape shape = of(Type::text);
  shape.max_length = max_length;
  return shape;
}
Shape date() {
  return of(Type::date);
}
Shape instant() {
  return of(Type::instant);
}
Shape place() {
  return of(Type::place);
}
Shape id() {
  return of(Type::id);
}
Shape choice(std::vector<std::string> choices) {
  Shape shape = of(Type::choice);
  shape.choices = std::move(choices);
  return shape;
}
Shape array(Shape item, int64_t max_items) {
  Shape shape = of(Type::array);
  shape.max_length = max_items;
  shape.item = std::make_shared<const Shape>(std::move(item));
  return shape;
}
Shape object(std::vector<Field> fields, std::string name) {
  Shape shape = of(Type::object);
  shape.fields = std::move(fields);
  shape.name = std::move(name);
  return shape;
}
Shape open_object(std::vector<Field> fields, std::string name) {
  Shape shape = object(std::move(fields), std::move(name));
  shape.open = true;
  return shape;
}
Shape page(Shape item) {
  Field next = required("next", text(2000));
  next.nullable = true;
  return object({required("items", array(std::move(item))), std::move(next)});
}
Field required(std::string name, Shape shape) {
  return {std::move(name), std::move(shape), true, false};
}
Field optional(std::string name, Shape shape) {
  return {std::move(name), std::move(shape), false, true};
}

std::vector<FieldError> check(const Shape& shape, const Value& value) {
  Checker checker;
  checker.check(shape, value, {});
  return checker.take();
}

}  // namespace linli::shape
