// What the city is made of (packs/demo/*.yaml), ready to draw from.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/region.h"
#include "core/result.h"
#include "domain/demo/random.h"

namespace linli::demo {

// Words with weights.
class Mix {
 public:
  Mix() = default;
  explicit Mix(const json::Value& weights);  // {word: weight}
  const std::string& pick(Random& random) const;
  bool empty() const { return words_.empty(); }

 private:
  std::vector<std::string> words_;
  std::vector<double> upto_;
};

// Numbers that hold from an age or a year on.
class Steps {
 public:
  Steps() = default;
  explicit Steps(const json::Value& steps);  // [{from:, share:}]
  double at(int64_t value) const;            // 0 below the first

 private:
  std::vector<std::pair<int64_t, double>> steps_;
};

// One thing of towns and of villages.
template <class T>
struct Both {
  T urban{};
  T rural{};
  const T& of(bool is_urban) const { return is_urban ? urban : rural; }
};
Both<Mix> both_mixes(const json::Value& value);
// {urban:, rural:} or one number under `share` for both.
Both<double> both_numbers(const json::Value& value);

// Inclusive ends of [from, to].
struct Span {
  double from = 0;
  double to = 0;
  double pick(Random& random) const { return random.between(from, to); }
  int64_t pick_whole(Random& random) const {
    return random.between(static_cast<int64_t>(from), static_cast<int64_t>(to));
  }
};
Span span_of(const json::Value& value);

struct Given {  // given names of those born from a year on
  int64_t from = 0;
  double single = 0;
  Both<std::vector<std::string>> first;  // urban: men, rural: women
  Both<std::vector<std::string>> second;
};

struct Content {
  json::Value people;
  json::Value names;
  json::Value places;
  json::Value requests;
  json::Value records;
  json::Value streets;
  json::Value past;
  Mix surnames;
  std::vector<Given> given;

  // Refuses `demo.bad_content` when a file is missing or does not read.
  static Result<Content> read(const std::string& folder);
  std::string given_name(Random& random, bool male, int64_t birth_year) const;
};

// The member at a path of names; a fault when the content lacks it.
const json::Value& at(const json::Value& value, std::string_view path);
int64_t whole_at(const json::Value& value, std::string_view path);
std::vector<std::string> texts_of(const json::Value& list);
// Replaces {name} in a template.
std::string fill(std::string text, std::string_view name, std::string_view with);

}  // namespace linli::demo
