#include "core/xml.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include <expat.h>

namespace linli::xml {
namespace {

constexpr XML_Char kSeparator = ' ';  // between namespace and name

struct Reading {
  XML_Parser parser = nullptr;
  std::vector<Element> open = {};  // from the root down
  Element root = {};
  size_t elements = 0;
  std::string refused = {};
  // Of each(): the elements that are wanted; the depth of the one that is being read.
  std::string_view wanted = {};
  const std::function<bool(const Element&)>* take = nullptr;
  size_t inside = 0;
  bool enough = false;

  void stop(std::string why) {
    if (refused.empty()) refused = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

// "uri name" or "name".
std::pair<std::string, std::string> split_name(const XML_Char* name) {
  const std::string_view whole = name;
  const size_t space = whole.find(kSeparator);
  if (space == std::string_view::npos) return {"", std::string(whole)};
  return {std::string(whole.substr(0, space)), std::string(whole.substr(space + 1))};
}

void XMLCALL on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  auto& reading = *static_cast<Reading*>(data);
  if (reading.open.size() >= kMaxDepth) return reading.stop("too deep");
  if (++reading.elements > kMaxElements) return reading.stop("too many elements");
  Element element;
  std::tie(element.space, element.name) = split_name(name);
  element.line = static_cast<int64_t>(XML_GetCurrentLineNumber(reading.parser));
  for (; *attributes != nullptr; attributes += 2) {
    element.attributes.emplace_back(split_name(attributes[0]).second, attributes[1]);
  }
  reading.open.push_back(std::move(element));
  if (reading.take == nullptr || reading.inside > 0) return;
  reading.elements = 0;
  if (reading.open.back().name == reading.wanted) reading.inside = reading.open.size();
}

void XMLCALL on_end(void* data, const XML_Char*) {
  auto& reading = *static_cast<Reading*>(data);
  Element done = std::move(reading.open.back());
  reading.open.pop_back();
  if (reading.take != nullptr && reading.open.size() < std::max<size_t>(reading.inside, 1)) {
    if (std::exchange(reading.inside, 0) == 0 || (*reading.take)(done)) return;
    reading.enough = true;
    XML_StopParser(reading.parser, XML_FALSE);
    return;
  }
  if (reading.take != nullptr && reading.inside == 0) return;
  (reading.open.empty() ? reading.root : reading.open.back().children.emplace_back()) =
      std::move(done);
}

void XMLCALL on_text(void* data, const XML_Char* text, int length) {
  auto& reading = *static_cast<Reading*>(data);
  if (!reading.open.empty()) reading.open.back().text.append(text, static_cast<size_t>(length));
}

void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reading*>(data)->stop("a document type is not taken");
}

Done run(Reading& reading, std::string_view text) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS("UTF-8", kSeparator), &XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  reading.parser = parser.get();
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  if (text.size() > static_cast<size_t>(std::numeric_limits<int>::max())) {
    return refuse(ErrorKind::invalid, "xml.invalid", "too large");
  }
  const auto status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
  if (reading.enough || (status == XML_STATUS_OK && reading.refused.empty())) return {};
  const std::string why =
      reading.refused.empty() ? XML_ErrorString(XML_GetErrorCode(parser.get())) : reading.refused;
  return refuse(ErrorKind::invalid, "xml.invalid",
                "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())) + ": " + why);
}

}  // namespace

std::string_view Element::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& known) { return known.first == wanted; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

Result<Element> parse(std::string_view text) {
  Reading reading;
  TRY(run(reading, text));
  return std::move(reading.root);
}

Done each(std::string_view text, std::string_view name,
          const std::function<bool(const Element&)>& take) {
  Reading reading{.wanted = name, .take = &take};
  return run(reading, text);
}

std::string escape(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\n':
        safe += "&#10;";
        break;
      case '\t':
        safe += "&#9;";
        break;
      case '\r':
        safe += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) safe += c;
    }
  }
  return safe;
}

}  // namespace linli::xml
