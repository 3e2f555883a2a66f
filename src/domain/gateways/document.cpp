#include "domain/gateways/document.h"

#include <array>
#include <stdexcept>

namespace linli::gateways {
namespace {

std::string_view item_name(std::string_view array) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kItems = {{
      {"services", "service"},
      {"service_requests", "request"},
      {"attributes", "attribute"},
      {"values", "value"},
      {"endpoints", "endpoint"},
      {"formats", "format"},
      {"errors", "error"},
  }};
  for (const auto& [name, item] : kItems)
    if (name == array) return item;
  throw std::logic_error("no element name for the items of " + std::string(array));
}

// Characters that XML 1.0 cannot hold at all are left out: controls, U+FFFE and U+FFFF.
void write_text(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\r') {
      out += "&#13;";
    } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
      i += 2;
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') {
      out += c;
    }
  }
}

void write_element(std::string_view name, const json::Value& value, std::string& out) {
  out.append("<").append(name).append(">");
  if (value.is_object()) {
    for (const json::Member& member : value.as_object())
      write_element(member.first, member.second, out);
  } else if (value.is_array()) {
    for (const json::Value& item : value.as_array()) write_element(item_name(name), item, out);
  } else if (value.is_string()) {
    write_text(value.as_string(), out);
  } else if (!value.is_null()) {
    out += json::write(value);
  }
  out.append("</").append(name).append(">");
}

}  // namespace

std::string write_xml(const Document& document) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  write_element(document.root, document.value, out);
  out += '\n';
  return out;
}

net::Response answer(const Document& document, Format format, int status) {
  net::Response response;
  response.status = status;
  const bool xml = format == Format::xml;
  response.headers.emplace_back(
      "content-type", xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8");
  response.body = xml ? write_xml(document) : json::write(document.value);
  return response;
}

net::Response answer(const Refusal& refusal, Format format) {
  const int status = net::problem(refusal, {}).status;
  json::Array errors;
  const auto add = [&](std::string description) {
    errors.emplace_back(json::Object{{"code", status}, {"description", std::move(description)}});
  };
  for (const FieldError& field : refusal.fields) {
    std::string text = field.pointer.substr(field.pointer.empty() ? 0 : 1) + ": " + field.code;
    if (!field.expected.empty()) text += ", expected " + field.expected;
    add(std::move(text));
  }
  if (errors.empty()) add(refusal.code);
  return answer(Document{"errors", std::move(errors)}, format, status);
}

}  // namespace linli::gateways
