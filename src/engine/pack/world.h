// The records, places and statistics that an example gives, and the figures over them. Internal to
// engine/pack.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/expr/tree.h"
#include "engine/pack/types.h"

namespace linli::pack {

// A record, a case or a place as expressions see it.
struct Instance : expr::Record {
  std::string kind;
  region::Code at;
  std::vector<Value> values;  // by position in the scope
  std::set<std::string> labels;
  int64_t times = 1;

  Value get(size_t variable) const override { return values.at(variable); }
  bool has_label(std::string_view label, time::Date) const override {
    return labels.count(std::string(label)) > 0;
  }
};

struct PublishedNumber {
  std::string key;
  region::Code at;
  double value = 0;
};

struct World {
  time::Date today = 0;
  std::vector<Instance> records;
  std::vector<Instance> places;
  std::vector<PublishedNumber> statistics;

  // The figure for the place and all under it; null when it is not known.
  Value figure(const expr::Expression& expression, region::Code at) const;
  Value of_record(const expr::Expression& expression, const Instance& record) const;
  const Instance* place(region::Code code) const;

 private:
  Value aggregate(const expr::Aggregate& aggregate, region::Code at) const;
};

// A value as YAML writes it, as the variable holds it; none when it does not fit.
std::optional<Value> value_of(const expr::Variable& variable, const json::Value& written);

}  // namespace linli::pack
