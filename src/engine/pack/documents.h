// The files of packs as checked documents, and the list of what is wrong with them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "engine/pack/grammar.h"
#include "engine/pack/load.h"

namespace linli::pack {

// One definition as written. `key` is the text after its first key.
struct Document {
  std::string pack;
  std::string file;  // relative to the packs folder
  std::string family;
  std::string key;
  json::Value value;

  Position at(const json::Value& part) const {
    return {file, part.line > 0 ? part.line : value.line};
  }
};

class Report {
 public:
  explicit Report(std::vector<Mistake>& mistakes) : mistakes_(mistakes) {}
  void add(const Document& document, const json::Value& part, std::string what,
           std::string expected = {}) {
    mistakes_.push_back({document.at(part), std::move(what), std::move(expected)});
  }
  void add(const std::string& file, int line, std::string what, std::string expected = {}) {
    mistakes_.push_back({{file, line}, std::move(what), std::move(expected)});
  }
  bool empty() const { return mistakes_.empty(); }

 private:
  std::vector<Mistake>& mistakes_;
};

// Reads the packs in their order: needed ones first. Documents that do not fit the grammar are
// reported and left out.
std::vector<Document> read_documents(const Files& files, const std::vector<std::string>& packs,
                                     Report& report);

// Reports what does not fit; true when all does.
bool check_shape(const Document& document, const json::Value& value, const shape::Shape& shape,
                 Report& report);

// A plain name: small letters, digits and _, a letter first, no word of the expression language.
bool is_plain_name(std::string_view name);

}  // namespace linli::pack
