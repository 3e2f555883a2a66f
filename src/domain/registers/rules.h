// What a record must be: pure decisions over its fields.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/time.h"
#include "domain/places/types.h"
#include "domain/registers/types.h"
#include "engine/pack/types.h"

namespace linli::registers {

// What conditions of a register's fields may ask beyond the fields themselves.
struct Surroundings {
  const pack::Content& content;
  region::Code place;
  const places::Attributes& attributes;
  const std::vector<std::string>& labels;  // those that hold today
  time::Date today = 0;
};

// Lays `given` (an object of fields as on the wire; null clears) over `current` (empty: a new
// record), derives what is derived from other fields, drops what is no longer asked. Refuses
// `input.invalid` with every wrong field at /values/<field>: the codes of values.h,
// field.unknown, field.required, field.not_asked (its condition does not hold) and
// field.contradicts (another field says otherwise).
Result<Values> lay_over(const pack::Register& kind, const Surroundings& around,
                        const Values& current, const json::Value& given);

// Where a variable of a register's scope comes from.
struct Origin {
  enum class From { nothing, place, field, urban, rural, community_types };
  From from = From::nothing;
  size_t field = 0;
};
std::vector<Origin> origins(const pack::Register& kind);

// The values of a record in the order of its register's scope, for expressions and figures.
// A sensitive value shows only that it is known.
std::vector<Value> scope_values(const pack::Register& kind, const std::vector<Origin>& from,
                                const Values& values, region::Code place,
                                const places::Attributes& attributes);

// A record as expressions see it on one day: scope_values and the labels held that day.
class Seen : public expr::Record {
 public:
  Seen(std::vector<Value> values, const std::vector<std::string>& labels)
      : values_(std::move(values)), labels_(labels) {}
  Value get(size_t variable) const override { return values_.at(variable); }
  bool has_label(std::string_view label, time::Date today) const override;

 private:
  std::vector<Value> values_;
  const std::vector<std::string>& labels_;
};

// The words by which a record is found: its searched fields folded, in pinyin and in initials.
std::string search_text(const pack::Register& kind, const Values& values);

// The fields that differ, as history keeps them.
std::vector<FieldChange> differences(const pack::Register& kind, const Values& before,
                                     const Values& after);

// The labels that hold on a day, sorted.
std::vector<std::string> held(const std::vector<LabelPeriod>& periods, time::Date day);

// Refuses `label.unknown`, `label.evidence_required`, `label.bad_period` (the end is not after the
// beginning) and `label.overlaps` (the same label holds in that time already).
Done check_label(const pack::Register& kind, const std::vector<LabelPeriod>& present,
                 const LabelPeriod& added);

// Whether somebody with these roles may see it: an empty `see` is for all who see the record.
bool sees(const std::vector<std::string>& see, const std::vector<std::string>& roles);

}  // namespace linli::registers
