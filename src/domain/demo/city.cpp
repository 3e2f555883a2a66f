#include "domain/demo/city.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace linli::demo {

Sheet::Sheet(const pack::Content& content, std::string_view register_key)
    : kind_(content.find_register(register_key)) {
  if (kind_ == nullptr) return;
  for (size_t i = 0; i < kind_->fields.size(); ++i) fields_.emplace(kind_->fields[i].name, i);
}

Loaded Sheet::start(std::string id, region::Code place, time::Instant at) const {
  Loaded loaded;
  loaded.record.id = std::move(id);
  loaded.record.place = place;
  loaded.record.created_at = at;
  loaded.record.updated_at = at;
  loaded.record.values.resize(fields_.size());
  return loaded;
}

void Sheet::set(Loaded& record, std::string_view field, Value value) const {
  const auto slot = fields_.find(field);
  if (slot != fields_.end()) record.record.values[slot->second] = std::move(value);
}

bool Sheet::has_label(std::string_view label) const {
  return kind_ != nullptr && kind_->label(label) != nullptr;
}

std::string Counters::phone() {
  // A range of one prefix from its beginning: plainly made, and never twice.
  std::string number = std::to_string(19'900'000'000 + phones++);
  return number;
}

std::string Counters::credit_code() {
  return make_credit_code(county, ++credit_codes);
}

std::string Counters::id_number(time::Date birth, bool male) {
  const int64_t nth = births[birth * 2 + (male ? 1 : 0)]++;
  const int64_t sequence = nth * 2 + (male ? 1 : 2);
  return sequence > 999 ? std::string() : make_id_number(county, birth, sequence);
}

std::string short_name(std::string_view official) {
  struct Ending {
    std::string_view drop;
    std::string_view keep;
  };
  constexpr std::array<Ending, 4> kEndings = {
      {{"居民委员会", "社区"}, {"居委会", "社区"}, {"村民委员会", "村"}, {"村委会", "村"}}};
  for (const Ending& ending : kEndings) {
    if (!official.ends_with(ending.drop)) continue;
    std::string name(official.substr(0, official.size() - ending.drop.size()));
    if (!name.ends_with(ending.keep)) name += ending.keep;
    return name;
  }
  return std::string(official);
}

time::Date City::birth(Random& random, int64_t age) const {
  const time::Date latest = time::add_months(today, static_cast<int>(-12 * age));
  return time::add_days(latest, -random.below(365));
}

std::string City::add(const Sheet& sheet, Loaded record) {
  std::string id = record.record.id;
  if (sheet.kind() == nullptr) return id;
  const pack::Register& kind = *sheet.kind();
  extras.complete(kind, record, setting);
  extras.of_record(kind, record, setting, [this](const pack::Register& other, Loaded made) {
    batch[other.key].push_back(std::move(made));
  });
  batch[kind.key].push_back(std::move(record));
  return id;
}

void City::add_extras(Random& random, std::string_view level, region::Code place) {
  setting.place = place;
  extras.of_place(random, level, setting, [this](const pack::Register& kind, Loaded made) {
    batch[kind.key].push_back(std::move(made));
  });
}

}  // namespace linli::demo
