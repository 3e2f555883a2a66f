#include "domain/demo/content.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/text.h"
#include "core/yaml.h"

namespace linli::demo {
namespace {

Result<json::Value> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(ErrorKind::invalid, "demo.bad_content", path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  Result<std::vector<json::Value>> documents = yaml::parse(text);
  if (!documents || documents->empty()) {
    return refuse(ErrorKind::invalid, "demo.bad_content",
                  path + (documents ? "" : ": " + documents.error().detail));
  }
  return std::move(documents->front());
}

std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> list;
  for (const char byte : text) {
    if ((static_cast<unsigned char>(byte) & 0xc0) != 0x80) list.emplace_back();
    list.back() += byte;
  }
  return list;
}

Given read_given(const json::Value& entry) {
  return {.from = entry.integer("from"),
          .single = entry.number("single") / 10,
          .first = {characters(at(entry, "male.first").as_string()),
                    characters(at(entry, "female.first").as_string())},
          .second = {characters(at(entry, "male.second").as_string()),
                     characters(at(entry, "female.second").as_string())}};
}

}  // namespace

Mix::Mix(const json::Value& weights) {
  double sum = 0;
  for (const auto& [word, weight] : weights.as_object()) {
    sum += weight.as_number();
    words_.push_back(word);
    upto_.push_back(sum);
  }
}

const std::string& Mix::pick(Random& random) const {
  const auto found = std::upper_bound(upto_.begin(), upto_.end(), random.share() * upto_.back());
  return words_[static_cast<size_t>(std::min(found, upto_.end() - 1) - upto_.begin())];
}

Steps::Steps(const json::Value& steps) {
  for (const json::Value& step : steps.as_array()) {
    steps_.emplace_back(step.integer("from"), step.number("share"));
  }
}

double Steps::at(int64_t value) const {
  double share = 0;
  for (const auto& [from, step] : steps_) {
    if (value >= from) share = step;
  }
  return share;
}

Both<Mix> both_mixes(const json::Value& value) {
  return {Mix(at(value, "urban")), Mix(at(value, "rural"))};
}

Both<double> both_numbers(const json::Value& value) {
  if (value.is_number()) return {value.as_number(), value.as_number()};
  const double share = value.number("share");
  return {value.number("urban", share), value.number("rural", share)};
}

Span span_of(const json::Value& value) {
  return {value.as_array().at(0).as_number(), value.as_array().at(1).as_number()};
}

Result<Content> Content::read(const std::string& folder) {
  Content content;
  content.people = TRY(read_file(folder + "/people.yaml"));
  content.names = TRY(read_file(folder + "/names.yaml"));
  content.places = TRY(read_file(folder + "/places.yaml"));
  content.requests = TRY(read_file(folder + "/requests.yaml"));
  content.records = TRY(read_file(folder + "/records.yaml"));
  content.streets = TRY(read_file(folder + "/streets.yaml"));
  content.past = TRY(read_file(folder + "/past.yaml"));
  content.surnames = Mix(at(content.names, "surnames"));
  for (const json::Value& entry : at(content.names, "given").as_array()) {
    content.given.push_back(read_given(entry));
  }
  return content;
}

std::string Content::given_name(Random& random, bool male, int64_t birth_year) const {
  const Given* fitting = &given.front();
  for (const Given& later : given) {
    if (birth_year >= later.from) fitting = &later;
  }
  const std::string& second = random.one_of(fitting->second.of(male));
  if (random.chance(fitting->single)) return second;
  const std::string& first = random.one_of(fitting->first.of(male));
  return first == second ? second : first + second;
}

const json::Value& at(const json::Value& value, std::string_view path) {
  const json::Value* found = &value;
  for (const std::string& name : text::split(path, '.')) {
    found = found->find(name);
    if (found == nullptr) throw std::runtime_error("packs/demo lacks " + std::string(path));
  }
  return *found;
}

int64_t whole_at(const json::Value& value, std::string_view path) {
  return std::llround(at(value, path).as_number());
}

std::vector<std::string> texts_of(const json::Value& list) {
  std::vector<std::string> texts;
  for (const json::Value& text : list.as_array()) texts.push_back(text.as_string());
  return texts;
}

std::string fill(std::string text, std::string_view name, std::string_view with) {
  const std::string mark = "{" + std::string(name) + "}";
  for (size_t found = text.find(mark); found != std::string::npos; found = text.find(mark)) {
    text.replace(found, mark.size(), with);
  }
  return text;
}

}  // namespace linli::demo
