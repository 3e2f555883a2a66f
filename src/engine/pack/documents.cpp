#include "engine/pack/documents.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/expr/syntax.h"
#include "core/similar.h"
#include "core/text.h"
#include "core/yaml.h"

namespace linli::pack {
namespace {

constexpr size_t kMaxFile = 4 << 20;

// "line 12: what" as the YAML reader says it.
std::pair<int, std::string> split_line(const std::string& detail) {
  constexpr std::string_view kPrefix = "line ";
  int line = 1;
  if (detail.rfind(kPrefix, 0) != 0) return {line, detail};
  const char* end = detail.data() + detail.size();
  const auto number = std::from_chars(detail.data() + kPrefix.size(), end, line);
  const auto rest = static_cast<size_t>(number.ptr - detail.data());
  return {line, text::trim(std::string_view(detail).substr(std::min(rest + 1, detail.size())))};
}

// The member that a JSON Pointer names, as far as it exists, and the shape it should have.
struct Found {
  const json::Value* value;
  const shape::Shape* shape;
  std::string last;  // the last name of the pointer
};

Found follow(const json::Value& value, const shape::Shape& shape, const std::string& pointer) {
  Found found{&value, &shape, ""};
  for (const std::string& name : text::split(std::string_view(pointer).substr(1), '/')) {
    found.last = name;
    const shape::Shape* inner = nullptr;
    const json::Value* member = nullptr;
    if (found.value->is_array()) {
      member = &found.value->as_array().at(static_cast<size_t>(std::stoul(name)));
      inner = found.shape->item.get();
    } else {
      member = found.value->find(name);
      for (const shape::Field& field : found.shape->fields) {
        if (field.name == name) inner = &field.shape;
      }
    }
    if (!member || !inner) return found;
    found.value = member;
    found.shape = inner;
  }
  return found;
}

std::vector<std::string> names_of(const shape::Shape& shape) {
  std::vector<std::string> names;
  for (const shape::Field& field : shape.fields) names.push_back(field.name);
  return names;
}

bool is_written(shape::Type type) {
  return type == shape::Type::text || type == shape::Type::place || type == shape::Type::choice ||
         type == shape::Type::date;
}

void report_error(const Document& document, const json::Value& value, const shape::Shape& shape,
                  const FieldError& error, Report& report) {
  if (error.pointer.empty()) {
    return report.add(document, value, "this is " + error.code, error.expected);
  }
  const Found found = follow(value, shape, error.pointer);
  const std::string name = "`" + found.last + "`";
  if (error.code == "field.required") {
    return report.add(document, *found.value, name + " is missing");
  }
  if (error.code == "field.unknown") {
    const json::Value* unknown = found.value->find(found.last);
    return report.add(document, unknown ? *unknown : *found.value, "unknown key " + name,
                      suggest(found.last, names_of(*found.shape)));
  }
  if (error.code == "field.not_a_choice") {
    return report.add(document, *found.value,
                      name + " cannot be `" + found.value->as_string() + "`",
                      suggest(found.value->as_string(), found.shape->choices));
  }
  const bool unquoted = error.code == "field.type" && is_written(found.shape->type) &&
                        (found.value->is_number() || found.value->is_bool());
  report.add(document, *found.value, name + " does not fit",
             unquoted ? "a text in quotes" : error.expected);
}

bool check_entries(const Document& document, const Entries& entries, Report& report) {
  const json::Value* member = document.value.find(entries.member);
  if (!member) return true;
  bool fits = true;
  for (const auto& [name, entry] : member->as_object()) {
    if (!is_plain_name(name)) {
      report.add(document, entry, "`" + name + "` cannot be a name",
                 "small letters, digits and _, and no word of the expression language");
      fits = false;
    }
    fits = check_shape(document, entry, entries.shape, report) && fits;
  }
  return fits;
}

class Reader {
 public:
  Reader(const Files& files, Report& report) : files_(files), report_(report) {}

  // Reads the pack after those that it needs.
  void read_pack(const std::string& pack, const Position& wanted_at) {
    if (!started_.insert(pack).second) return;
    if (files_.count(pack + "/pack.yaml") == 0) {
      report_.add(wanted_at.file.empty() ? pack + "/pack.yaml" : wanted_at.file,
                  std::max(wanted_at.line, 1), "there is no pack `" + pack + "`",
                  suggest(pack, packs()));
      return;
    }
    std::vector<Document> own;
    const std::string prefix = pack + "/";
    for (auto file = files_.lower_bound(prefix);
         file != files_.end() && file->first.rfind(prefix, 0) == 0; ++file) {
      read_file(pack, file->first, file->second, own);
    }
    for (const Document& document : own) {
      if (document.family != "pack") continue;
      if (document.key != pack) {
        report_.add(document, document.value,
                    "the pack in folder `" + pack + "` is named otherwise", "pack: " + pack);
      }
      for (const json::Value& needed : document.value.find("needs")->as_array()) {
        read_pack(needed.as_string(), document.at(needed));
      }
    }
    for (Document& document : own) documents_.push_back(std::move(document));
  }

  std::vector<Document> take() { return std::move(documents_); }

 private:
  std::vector<std::string> packs() const {
    std::vector<std::string> names;
    for (const auto& [path, text] : files_) {
      const size_t slash = path.find('/');
      if (path.substr(std::min(slash, path.size())) == "/pack.yaml") {
        names.push_back(path.substr(0, slash));
      }
    }
    return names;
  }

  void read_file(const std::string& pack, const std::string& file, const std::string& text,
                 std::vector<Document>& out) {
    if (text.size() > kMaxFile)
      return report_.add(file, 1, "the file is too large", "at most 4 MiB");
    const Result<std::vector<json::Value>> parsed = yaml::parse(text);
    if (!parsed) {
      const auto [line, what] = split_line(parsed.error().detail);
      return report_.add(file, line, what);
    }
    for (const json::Value& value : *parsed) {
      if (value.is_null()) continue;
      Document document{pack, file, "", "", value};
      if (fits(document)) out.push_back(std::move(document));
    }
  }

  // Fills family and key.
  bool fits(Document& document) {
    const json::Value& value = document.value;
    if (!value.is_object() || value.as_object().empty()) {
      report_.add(document, value, "this is no definition", "a key of a family first: `list: …`");
      return false;
    }
    const auto& [name, key] = value.as_object().front();
    const Family* found = family(name);
    if (!found) {
      std::vector<std::string> names;
      for (const Family& known : families()) names.push_back(known.name);
      report_.add(document, value, "unknown kind of definition `" + name + "`",
                  suggest(name, names));
      return false;
    }
    document.family = name;
    document.key = key.is_string() ? key.as_string() : json::write(key);
    if (!check_shape(document, value, found->shape, report_)) return false;
    if (!found->free_key && !is_plain_name(document.key)) {
      report_.add(document, key, "`" + document.key + "` cannot be a key",
                  "small letters, digits and _, and no word of the expression language");
      return false;
    }
    bool all = true;
    for (const Entries& entries : found->entries) {
      all = check_entries(document, entries, report_) && all;
    }
    return all && is_first(document);
  }

  // Kinds that expressions count share one set of keys.
  bool is_first(const Document& document) {
    const bool counted = document.family == "register" || document.family == "case";
    const std::string set = counted ? "register or case" : document.family;
    if (document.family == "texts") return true;
    const auto [first, added] =
        keys_.emplace(set + " " + document.key, document.at(document.value));
    if (added) return true;
    report_.add(document, document.value,
                "there is another " + set + " `" + document.key + "` at " + first->second.file +
                    ":" + std::to_string(first->second.line),
                "another key");
    return false;
  }

  const Files& files_;
  Report& report_;
  std::set<std::string> started_;
  std::map<std::string, Position> keys_;
  std::vector<Document> documents_;
};

}  // namespace

bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= 60 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), plain) && !expr::is_keyword(name);
}

bool check_shape(const Document& document, const json::Value& value, const shape::Shape& shape,
                 Report& report) {
  const std::vector<FieldError> errors = shape::check(shape, value);
  for (const FieldError& error : errors) report_error(document, value, shape, error, report);
  return errors.empty();
}

std::vector<Document> read_documents(const Files& files, const std::vector<std::string>& packs,
                                     Report& report) {
  Reader reader(files, report);
  for (const std::string& pack : packs) reader.read_pack(pack, {});
  return reader.take();
}

}  // namespace linli::pack
