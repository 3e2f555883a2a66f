#include "core/yaml.h"

#include <charconv>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "core/text.h"

namespace linli::yaml {

namespace {

using json::Value;

// What is wrong on which line; ends the reading.
struct Mistake {
  int line;
  std::string what;
};

bool is_json_number(std::string_view text, bool& whole) {
  size_t at = 0;
  const auto digits = [&] {
    const size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (text.starts_with('-')) ++at;
  const size_t first = at;
  const size_t leading = digits();
  if (leading == 0 || (leading > 1 && text[first] == '0')) return false;
  whole = at == text.size();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

template <class Number>
Value number(const std::string& text, int line) {
  Number value{};
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc()) throw Mistake{line, "number out of range"};
  return Value(value);
}

Value plain(const std::string& text, int line) {
  if (text.empty() || text == "~" || text == "null") return Value();
  if (text == "true" || text == "false") return Value(text == "true");
  bool whole = false;
  if (!is_json_number(text, whole)) return Value(text);
  return whole ? number<int64_t>(text, line) : number<double>(text, line);
}

// Builds one document from the parser's events.
class Builder : public YAML::EventHandler {
 public:
  Value take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // On stray signs the parser gives empty documents without end.
    if (mark.pos == started_at_) throw Mistake{line_of(mark), "text after the document"};
    started_at_ = mark.pos;
    root_ = Value();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(Value(), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Mistake{line_of(mark), "aliases are not allowed"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    refuse_anchor(mark, anchor);
    // Escapes can spell what is no text.
    if (text.find('\0') != std::string::npos || !text::is_utf8(text)) {
      throw Mistake{line_of(mark), "NUL or half a surrogate in text"};
    }
    if (expects_key()) {
      take_key(text, mark);
    } else if (tag == "?") {
      add(plain(text, line_of(mark)), mark);
    } else if (tag == "!") {
      add(Value(text), mark);
    } else {
      throw Mistake{line_of(mark), "tags are not allowed"};
    }
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Value(json::Array()), mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Value(json::Object()), mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  // A container being filled; a map waits for a key or, with `has_key`, for its value.
  struct Open {
    Value value;
    std::string key;
    int key_line = 0;
    bool has_key = false;
  };

  static int line_of(const YAML::Mark& mark) { return mark.line + 1; }

  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) throw Mistake{line_of(mark), "anchors are not allowed"};
  }

  bool expects_key() const {
    return !open_.empty() && open_.back().value.is_object() && !open_.back().has_key;
  }

  void take_key(const std::string& key, const YAML::Mark& mark) {
    if (open_.back().value.find(key) != nullptr) {
      throw Mistake{line_of(mark), "duplicate key `" + key + "`"};
    }
    open_.back().key = key;
    open_.back().key_line = line_of(mark);
    open_.back().has_key = true;
  }

  void open(Value container, const YAML::Mark& mark, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    if (expects_key()) throw Mistake{line_of(mark), "a key must be text"};
    if (open_.size() == json::kMaxDepth) throw Mistake{line_of(mark), "nested too deep"};
    container.line = line_of(mark);
    open_.push_back({std::move(container), {}, 0, false});
  }

  void close() {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    place(std::move(done));
  }

  void add(Value value, const YAML::Mark& mark) {
    if (expects_key()) throw Mistake{line_of(mark), "a key must be text"};
    value.line = line_of(mark);
    place(std::move(value));
  }

  void place(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Open& parent = open_.back(); parent.value.is_array()) {
      parent.value.as_array().push_back(std::move(value));
    } else {
      // A block begins on the line after its key, but stands where its key does.
      if (value.is_object() || value.is_array()) value.line = parent.key_line;
      parent.value.as_object().emplace_back(std::move(parent.key), std::move(value));
      parent.has_key = false;
    }
  }

  int started_at_ = -1;
  Value root_;
  std::vector<Open> open_;
};

tl::unexpected<Refusal> invalid(int line, const std::string& what) {
  return refuse(ErrorKind::invalid, "yaml.invalid", "line " + std::to_string(line) + ": " + what);
}

}  // namespace

Result<std::vector<Value>> parse(std::string_view text) {
  // With NULs in it, the parser would take it for UTF-16 or UTF-32.
  if (!text::is_utf8(text) || text.find('\0') != std::string_view::npos) {
    return invalid(1, "not UTF-8");
  }
  std::istringstream in{std::string(text)};
  std::vector<Value> documents;
  try {
    YAML::Parser parser(in);
    Builder builder;
    while (parser.HandleNextDocument(builder)) documents.push_back(builder.take());
  } catch (const Mistake& mistake) {
    return invalid(mistake.line, mistake.what);
  } catch (const YAML::Exception& mistake) {
    return invalid(mistake.mark.line + 1,
                   mistake.msg +
                       "; text that begins with % @ & * or holds a colon and a space stands"
                       " in quotes, as \"%\"");
  }
  return documents;
}

}  // namespace linli::yaml
