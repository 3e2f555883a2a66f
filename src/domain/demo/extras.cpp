#include "domain/demo/extras.h"

#include <algorithm>
#include <cmath>

#include "core/expr/tree.h"
#include "domain/demo/random.h"

namespace linli::demo {
namespace {

// A record in the making as expressions see it.
class Seen : public expr::Record {
 public:
  Seen(const pack::Register& kind, const Loaded& record, bool urban)
      : fields_(kind.fields.size()), record_(record), urban_(urban) {}
  Value get(size_t variable) const override {
    if (variable == 0) return record_.record.place.padded();
    if (variable <= fields_) return record_.record.values[variable - 1];
    if (variable == fields_ + 1) return int64_t{urban_};
    if (variable == fields_ + 2) return int64_t{!urban_};
    return {};
  }
  bool has_label(std::string_view label, time::Date) const override {
    return std::any_of(record_.labels.begin(), record_.labels.end(),
                       [&](const auto& held) { return held.label == label; });
  }

 private:
  size_t fields_;
  const Loaded& record_;
  bool urban_;
};

bool holds(const std::optional<expr::Expression>& when, const pack::Register& kind,
           const Loaded& record, const Setting& setting) {
  if (!when) return true;
  const Seen seen(kind, record, setting.urban);
  return expr::holds(*when, {.record = &seen, .today = setting.today});
}

Value number_of(const pack::Field& field, double number) {
  if (field.type == pack::FieldType::decimal) return number;
  return int64_t{std::llround(number)};
}

Value literal(const pack::Field& field, const json::Value& value, const Setting& setting) {
  if (value.is_bool()) return int64_t{value.as_bool()};
  if (value.is_number()) return number_of(field, value.as_number());
  const std::string text =
      fill(fill(value.as_string(), "village", setting.village), "township", setting.township);
  if (field.type == pack::FieldType::date) return MUST(time::parse_date(text));
  if (field.type == pack::FieldType::place) return MUST(region::Code::parse(text)).padded();
  if (field.type == pack::FieldType::choices) return "|" + text + "|";
  return text;
}

Loaded empty_record(Random& random, const pack::Register& kind, region::Code place,
                    const Setting& setting) {
  const time::Instant now = time::start_of(setting.today);
  Loaded made;
  made.record = {.id = make_id(random, now), .place = place, .created_at = now, .updated_at = now};
  made.record.values.resize(kind.fields.size());
  return made;
}

}  // namespace

Extras::Set Extras::set_of(const pack::Register& kind, const json::Value& members) {
  Set set;
  for (const auto& [name, value] : members.as_object()) {
    if (const pack::Field* field = kind.field(name)) set.emplace_back(field, &value);
  }
  return set;
}

Extras::Extras(const pack::Content& packs, const json::Value& content) {
  const auto rule_of = [&](const json::Value& entry) {
    Rule rule{.kind = packs.find_register(entry.text("register"))};
    if (rule.kind == nullptr) return rule;
    rule.share = entry.number("share", 1);
    if (const json::Value* set = entry.find("set")) rule.set = set_of(*rule.kind, *set);
    if (rule.kind->label(entry.text("label")) != nullptr) rule.label = entry.text("label");
    if (const json::Value* of = entry.find("of")) {
      rule.of = packs.find_register(of->as_string());
      rule.refer = rule.kind->field(entry.text("refer"));
    }
    rule.level = entry.text("level");
    rule.number = entry.find("urban") ? both_numbers(entry)
                                      : Both<double>{entry.number("each"), entry.number("each")};
    rule.days = entry.integer("days");
    rule.day = rule.kind->field(entry.text("day"));
    const std::string when = entry.text("when");
    const pack::Register* over = rule.of != nullptr ? rule.of : rule.kind;
    if (!when.empty()) {
      rule.when = MUST(expr::compile(when, {.scope = &over->scope}, expr::Type::boolean));
    }
    return rule;
  };
  for (const json::Value& entry : at(content, "more").as_array()) {
    Rule rule = rule_of(entry);
    if (rule.kind != nullptr) more_.push_back(std::move(rule));
  }
  for (const json::Value& entry : at(content, "records").as_array()) {
    Rule rule = rule_of(entry);
    if (rule.kind != nullptr) records_.push_back(std::move(rule));
  }
}

// [from, to] a number; {pick: weights} a word; {share:} yes or no; {days_ago: [from, to]} a day;
// {of: field, times: [from, to]} a part of another number; of a point, a spot at a street of the
// village; else the value itself.
void Extras::fill(Random& random, const Set& set, const pack::Register& kind, Loaded& record,
                  const Setting& setting) const {
  for (const auto& [field, value] : set) {
    Value& slot = record.record.values[static_cast<size_t>(field - kind.fields.data())];
    if (field->type == pack::FieldType::point) {
      slot = point_value(setting.frontage->at(random.share()));
    } else if (value->is_array()) {
      slot = number_of(*field, span_of(*value).pick(random));
    } else if (const json::Value* weights = value->find("pick")) {
      slot = Mix(*weights).pick(random);
    } else if (value->find("share") != nullptr) {
      slot = int64_t{random.chance(value->number("share"))};
    } else if (const json::Value* ago = value->find("days_ago")) {
      slot = time::add_days(setting.today, -span_of(*ago).pick_whole(random));
    } else if (const json::Value* times = value->find("times")) {
      const pack::Field* whole = kind.field(value->text("of"));
      const Value number =
          whole == nullptr ? Value()
                           : record.record.values[static_cast<size_t>(whole - kind.fields.data())];
      const double part = span_of(*times).pick(random);
      if (const auto* count = std::get_if<int64_t>(&number)) {
        slot = number_of(*field, static_cast<double>(*count) * part);
      } else if (const auto* real = std::get_if<double>(&number)) {
        slot = number_of(*field, *real * part);
      }
    } else {
      slot = literal(*field, *value, setting);
    }
  }
}

void Extras::complete(const pack::Register& kind, Loaded& record, const Setting& setting) const {
  Random random(part_of(record.record.id));
  for (const Rule& rule : more_) {
    if (rule.kind != &kind || !random.chance(rule.share)) continue;
    if (!holds(rule.when, kind, record, setting)) continue;
    fill(random, rule.set, kind, record, setting);
    if (rule.label.empty()) continue;
    const time::Instant now = time::start_of(setting.today);
    record.labels.push_back(
        {.id = make_id(random, now),
         .label = rule.label,
         .from = time::add_days(setting.today, -random.between(int64_t{30}, int64_t{900})),
         .evidence = "演示数据",
         .at = now});
  }
}

void Extras::of_record(const pack::Register& kind, const Loaded& record, const Setting& setting,
                       const Take& take) const {
  Random random(part_of(record.record.id) + 1);
  for (const Rule& rule : records_) {
    if (rule.of != &kind || !holds(rule.when, kind, record, setting)) continue;
    for (int64_t back = 1; back <= std::max<int64_t>(rule.days, 1); ++back) {
      if (!random.chance(rule.share)) continue;
      Loaded made = empty_record(random, *rule.kind, record.record.place, setting);
      const auto slot = [&](const pack::Field* field) -> Value& {
        return made.record.values[static_cast<size_t>(field - rule.kind->fields.data())];
      };
      fill(random, rule.set, *rule.kind, made, setting);
      if (rule.refer != nullptr) slot(rule.refer) = record.record.id;
      if (rule.day != nullptr) slot(rule.day) = time::add_days(setting.today, -back);
      take(*rule.kind, std::move(made));
    }
  }
}

void Extras::of_place(Random& random, std::string_view level, const Setting& setting,
                      const Take& take) const {
  for (const Rule& rule : records_) {
    if (rule.level != level) continue;
    for (int64_t left = random.about(rule.number.of(setting.urban)); left > 0; --left) {
      Loaded made = empty_record(random, *rule.kind, setting.place, setting);
      fill(random, rule.set, *rule.kind, made, setting);
      take(*rule.kind, std::move(made));
    }
  }
}

}  // namespace linli::demo
