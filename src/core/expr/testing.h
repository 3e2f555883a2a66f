// For differential tests: random expressions that compile, over records of every type.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/expr/expression.h"

namespace linli::expr::testing {

inline const Scope& scope() {
  static const Scope all = {
      .name = "sample",
      .variables = {{.name = "flag", .type = Type::boolean},
                    {.name = "other_flag", .type = Type::boolean},
                    {.name = "whole", .type = Type::integer},
                    {.name = "small", .type = Type::integer},
                    {.name = "amount", .type = Type::decimal},
                    {.name = "ratio", .type = Type::decimal},
                    {.name = "title", .type = Type::text},
                    {.name = "part", .type = Type::text},
                    {.name = "kind", .type = Type::choice, .choices = {"a", "b", "ab"}},
                    {.name = "groups", .type = Type::choices, .choices = {"a", "b", "ab"}},
                    {.name = "born", .type = Type::date},
                    {.name = "seen", .type = Type::date},
                    {.name = "made_at", .type = Type::instant},
                    {.name = "home", .type = Type::place},
                    {.name = "origin", .type = Type::place},
                    {.name = "age", .type = Type::integer, .derived = "years_between(born, today)"},
                    {.name = "heavy",
                     .type = Type::boolean,
                     .derived = "amount > 10 or label(l1)"}},
      .labels = {"l1", "l2"}};
  return all;
}

// The stored variables come first in the scope.
inline constexpr size_t kStored = 15;

struct Sample : Record {
  std::array<Value, kStored> values;
  std::set<std::string> labels;
  Value get(size_t variable) const override { return values.at(variable); }
  bool has_label(std::string_view label, time::Date) const override {
    return labels.count(std::string(label)) > 0;
  }
};

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  Sample record() {
    static const std::vector<std::string> texts = {"",    "a",    "A",    "社区", "社区服务",
                                                   "b|c", "it's", "100%", "区"};
    static const std::vector<std::string> sets = {"|a|", "|b|", "|a|b|", "|ab|", "|a|ab|"};
    static const std::vector<std::string> kinds = {"a", "b", "ab"};
    static const std::vector<double> decimals = {0,    0.5,  -0.5, 1.5,   2.5,
                                                 -3.5, 1e15, 0.1,  12.75, -7};
    static const std::vector<int64_t> wholes = {0, 1, -1, 2, 3, 60, 999'999'999'999'999, -7};
    Sample sample;
    const auto set = [&](size_t index, Value value) {
      if (pick(5) > 0) sample.values.at(index) = std::move(value);
    };
    set(0, int64_t(pick(2)));
    set(1, int64_t(pick(2)));
    set(2, any(wholes));
    set(3, int64_t(pick(5)));
    set(4, any(decimals));
    set(5, any(decimals));
    set(6, any(texts));
    set(7, any(texts));
    set(8, any(kinds));
    set(9, any(sets));
    set(10, date());
    set(11, date());
    set(12, int64_t(pick(3)) * time::kDay);
    set(13, int64_t(62080200100100000));
    set(14, int64_t(62080200100100000) + int64_t(pick(2)) * 100000);
    if (pick(2) == 0) sample.labels.insert("l1");
    if (pick(2) == 0) sample.labels.insert("l2");
    return sample;
  }

  std::string condition(int depth) {
    if (depth <= 0) return any<std::string>({"flag", "other_flag", "label(l1)", "heavy", "true"});
    switch (pick(13)) {
      case 0:
        return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
      case 1:
        return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
      case 2:
        return "(not " + condition(depth - 1) + ")";
      case 3:
        return "(" + number(depth - 1) + ordering() + number(depth - 1) + ")";
      case 4:
        return "(" + day(depth - 1) + ordering() + day(depth - 1) + ")";
      case 5:
        return "(" + text(depth - 1) + equality() + text(depth - 1) + ")";
      case 6:
        return any<std::string>({"(kind = ab)", "(kind != a)", "(kind in [a, b])",
                                 "(kind not in [ab])", "(kind = \"b\")", "(made_at = made_at)",
                                 "(home = origin)", "(home != origin)"});
      case 7:
        return any<std::string>({"(groups has a)", "(groups has ab)", "(not groups has b)"});
      case 8:
        return "(" +
               any<std::string>({number(depth - 1), text(depth - 1), day(depth - 1), "kind",
                                 "groups", condition(depth - 1)}) +
               any<std::string>({" is known)", " is unknown)"});
      case 9:
        return (pick(2) == 0 ? "contains(" : "starts_with(") + text(depth - 1) + ", " +
               text(depth - 1) + ")";
      case 10:
        return "(" + number(depth - 1) + any<std::string>({" in", " not in"}) + " [1, -7, 2.5])";
      case 11:
        return "(" + condition(depth - 1) + equality() + condition(depth - 1) + ")";
      default:
        return choice(depth, [this](int inner) { return condition(inner); });
    }
  }

  std::string number(int depth) {
    if (depth <= 0) {
      return any<std::string>({"whole", "small", "amount", "ratio", "age", "0", "2", "0.5", "-3"});
    }
    switch (pick(10)) {
      case 0:
        return "(" + number(depth - 1) + any<std::string>({" + ", " - "}) + number(depth - 1) + ")";
      case 1:
        return "(" + number(depth - 1) + any<std::string>({" * ", " / "}) + number(depth - 1) + ")";
      case 2:
        return "(-" + number(depth - 1) + ")";
      case 3:
        return "abs(" + number(depth - 1) + ")";
      case 4:
        return "round(" + number(depth - 1) + ")";
      case 5:
        return (pick(2) == 0 ? "min(" : "max(") + number(depth - 1) + ", " + number(depth - 1) +
               ")";
      case 6:
        return "days_between(" + day(depth - 1) + ", " + day(depth - 1) + ")";
      case 7:
        return "years_between(" + day(depth - 1) + ", " + day(depth - 1) + ")";
      case 8:
        return "month_of(" + day(depth - 1) + ")";
      default:
        return choice(depth, [this](int inner) { return number(inner); });
    }
  }

  std::string text(int depth) {
    if (depth <= 0) {
      return any<std::string>({"title", "part", "\"\"", "\"a\"", "\"社区\"", "\"it's\"", "\"%\""});
    }
    return choice(depth, [this](int inner) { return text(inner); });
  }

  std::string day(int depth) {
    if (depth <= 0) {
      return any<std::string>({"born", "seen", "today", "date(\"2024-02-29\")"});
    }
    if (pick(3) == 0) {
      return (pick(2) == 0 ? "min(" : "max(") + day(depth - 1) + ", " + day(depth - 1) + ")";
    }
    return choice(depth, [this](int inner) { return day(inner); });
  }

 private:
  template <class Part>
  std::string choice(int depth, Part part) {
    if (pick(2) == 0) return "coalesce(" + part(depth - 1) + ", " + part(depth - 1) + ")";
    return "if(" + condition(depth - 1) + ", " + part(depth - 1) + ", " + part(depth - 1) + ")";
  }
  std::string ordering() { return any<std::string>({" = ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::string equality() { return any<std::string>({" = ", " != "}); }
  Value date() {
    return any(std::vector<int64_t>{20240229, 20250228, 20250301, 19000101, 19991231, 20000101,
                                    20241231, 21000301});
  }
  template <class T>
  T any(const std::vector<T>& from) {
    return from[pick(from.size())];
  }
  size_t pick(size_t count) { return static_cast<size_t>(random_() % count); }

  std::mt19937_64 random_;
};

}  // namespace linli::expr::testing
