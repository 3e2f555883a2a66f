// An answer of the standard: one tree, written as JSON or as XML.
//
// XML is derived from the tree by three rules: a member is an element of its name, an item of an
// array is an element of the array's singular (services → service), null is an empty element.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "net/http.h"

namespace linli::gateways {

enum class Format { json, xml };

struct Document {
  std::string root;  // the outermost element; JSON has none
  json::Value value;
};

std::string write_xml(const Document& document);
net::Response answer(const Document& document, Format format, int status = 200);
// How the standard says no: a list of {code, description}, code being the HTTP status.
net::Response answer(const Refusal& refusal, Format format);

}  // namespace linli::gateways
