#include "domain/registers/view.h"

#include <algorithm>
#include <set>

#include "domain/places/api.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

json::Value derived_value(expr::Type type, const Value& value) {
  if (is_null(value)) return nullptr;
  switch (type) {
    case expr::Type::boolean:
      return std::get<int64_t>(value) != 0;
    case expr::Type::date:
      return time::format_date(std::get<int64_t>(value));
    case expr::Type::instant:
      return time::format(std::get<int64_t>(value));
    case expr::Type::place:
      return region::Code(std::get<int64_t>(value)).text();
    default:
      break;
  }
  if (const auto* whole = std::get_if<int64_t>(&value)) return *whole;
  if (const auto* decimal = std::get_if<double>(&value)) return *decimal;
  return std::get<std::string>(value);
}

void write_period(json::Writer& out, const LabelPeriod& period) {
  out.begin_object().member("id", period.id).member("label", period.label);
  out.member("from", time::format_date(period.from));
  out.key("to").value(period.to ? json::Value(time::format_date(*period.to)) : nullptr);
  out.member("evidence", period.evidence);
  out.member("confirmed_by_name", period.confirmed_by_name);
  out.member("at", time::format(period.at)).end_object();
}

}  // namespace

std::vector<std::string> roles_at(const host::Actor& actor, region::Code place) {
  std::vector<std::string> roles;
  for (const host::Grant& grant : actor.grants) {
    if (grant.place.contains(place)) roles.push_back(grant.role);
  }
  return roles;
}

std::vector<region::Code> cut_to(const std::vector<region::Code>& territories, region::Code place) {
  std::vector<region::Code> parts;
  for (const region::Code territory : territories) {
    if (territory.contains(place)) return {place};
    if (place.contains(territory)) parts.push_back(territory);
  }
  return parts;
}

Done refuse_hidden(const pack::Register& kind, const host::Actor& actor,
                   const std::vector<region::Code>& places, const std::vector<std::string>& names,
                   bool labels) {
  std::vector<FieldError> errors;
  for (const std::string& name : names) {
    const pack::Field* field = kind.field(name);
    const pack::Label* label = labels ? kind.label(name) : nullptr;
    const bool hidden = std::any_of(places.begin(), places.end(), [&](region::Code place) {
      const std::vector<std::string> roles = roles_at(actor, place);
      return (field != nullptr && !sees(field->see, roles)) ||
             (label != nullptr && !sees(label->see, roles));
    });
    if (hidden) errors.push_back({"/" + name, "field.unknown", ""});
  }
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return {};
}

std::string permission(const pack::Register& kind, std::string_view verb) {
  return "register." + kind.key + "." + std::string(verb);
}

View::View(db::Tx& tx, const host::Services& services, const host::Actor& actor,
           const pack::Register& kind, time::Date today)
    : tx_(tx), services_(services), actor_(actor), layout_(kind), today_(today) {}

const std::vector<std::string>& View::roles(region::Code place) {
  const auto known = roles_.find(place);
  if (known != roles_.end()) return known->second;
  return roles_.emplace(place, roles_at(actor_, place)).first->second;
}

bool View::shows(const pack::Field& field, region::Code place) {
  return field.see.empty() || sees(field.see, roles(place));
}

bool View::shows(const pack::Label& label, region::Code place) {
  return label.see.empty() || sees(label.see, roles(place));
}

void View::name_places(const std::vector<store::Row>& rows) {
  std::vector<region::Code> codes;
  for (const store::Row& row : rows) {
    if (place_names_.emplace(row.place, row.place.text()).second) codes.push_back(row.place);
  }
  for (const places::Reference& place : places::names(tx_, codes)) {
    place_names_[place.code] = place.name;
  }
}

void View::name_references(const std::vector<store::Row>& rows, bool whole) {
  for (size_t i = 0; i < layout_.kind.fields.size(); ++i) {
    const pack::Field& field = layout_.kind.fields[i];
    if (field.type != pack::FieldType::reference || !(whole || field.listed)) continue;
    const pack::Register& to = *services_.content->find_register(field.to);
    const pack::Field& title = *to.field(to.title);
    std::set<std::string> ids;
    for (const store::Row& row : rows) {
      const Value& value = row.columns[layout_.column[i]];
      if (!is_null(value)) ids.insert(std::get<std::string>(value));
    }
    for (const auto& [id, found] : store::titles(tx_, to, {ids.begin(), ids.end()})) {
      if (!host::may(actor_, permission(to, "read"), found.place)) continue;
      titles_[id] = to_cell(title, *services_.content, found.title, "zh");
    }
  }
}

void View::write_titles(json::Writer& out, const store::Row& row) {
  out.key("titles").begin_object();
  for (size_t i = 0; i < layout_.kind.fields.size(); ++i) {
    const pack::Field& field = layout_.kind.fields[i];
    const Value& value = row.columns[layout_.column[i]];
    if (field.type != pack::FieldType::reference || is_null(value) || !shows(field, row.place)) {
      continue;
    }
    const auto title = titles_.find(std::get<std::string>(value));
    if (title != titles_.end()) out.member(field.name, title->second);
  }
  out.end_object();
}

void View::write_common(json::Writer& out, const store::Row& row,
                        const std::vector<std::string>& labels) {
  const Record record = unseal(layout_, services_.keyring, row);
  out.member("id", row.id).member("place", row.place.text());
  out.member("place_name", place_names_[row.place]).member("version", row.version);
  out.key("values").begin_object();
  for (size_t i = 0; i < layout_.kind.fields.size(); ++i) {
    const pack::Field& field = layout_.kind.fields[i];
    if (!shows(field, row.place)) continue;
    out.key(field.name).value(to_wire(field, masked(field, record.values[i])));
  }
  out.end_object();
  out.key("labels").begin_array();
  for (const std::string& key : labels) {
    const pack::Label* label = layout_.kind.label(key);
    if (label != nullptr && shows(*label, row.place)) out.value(key);
  }
  out.end_array();
  write_titles(out, row);
  out.member("updated_at", time::format(row.updated_at));
}

void View::write_page(json::Writer& out, const std::vector<store::Row>& rows) {
  name_places(rows);
  name_references(rows, false);
  const std::map<std::string, std::vector<std::string>> labels =
      layout_.kind.labels.empty() ? std::map<std::string, std::vector<std::string>>{}
                                  : store::labels_on(tx_, rows, today_);
  out.begin_array();
  for (const store::Row& row : rows) {
    const auto held = labels.find(row.id);
    out.begin_object();
    write_common(out, row, held == labels.end() ? std::vector<std::string>{} : held->second);
    out.end_object();
  }
  out.end_array();
}

void View::write_derived(json::Writer& out, const store::Row& row,
                         const std::vector<std::string>& labels) {
  const Seen seen(layout_.scope_values(row), labels);
  out.key("derived").begin_object();
  for (const pack::Derived& derived : layout_.kind.derived) {
    const Value value = expr::evaluate(derived.value, {.record = &seen, .today = today_});
    out.key(derived.name).value(derived_value(derived.value.type, value));
  }
  out.end_object();
}

void View::write_detail(json::Writer& out, const store::Row& row) {
  name_places({row});
  name_references({row}, true);
  const std::vector<LabelPeriod> periods =
      store::labels(tx_, {layout_.kind.key, row.village(), row.id});
  const std::vector<std::string> labels = held(periods, today_);
  out.begin_object();
  write_common(out, row, labels);
  out.member("created_at", time::format(row.created_at));
  write_derived(out, row, labels);
  out.key("label_periods").begin_array();
  for (const LabelPeriod& period : periods) {
    const pack::Label* label = layout_.kind.label(period.label);
    if (label != nullptr && shows(*label, row.place)) write_period(out, period);
  }
  out.end_array();
  const bool reveals = host::may(actor_, permission(layout_.kind, "reveal"), row.place);
  out.key("reveal").begin_object();
  for (const pack::Field& field : layout_.kind.fields) {
    if (is_sensitive(field)) out.member(field.name, reveals && shows(field, row.place));
  }
  out.end_object();
  out.end_object();
}

void View::write_history(json::Writer& out, const HistoryItem& item, region::Code place) {
  out.begin_object().member("id", item.id).member("at", time::format(item.source.at));
  out.member("action", item.action);
  out.key("actor").begin_object().member("id", item.source.actor_id);
  out.member("name", item.source.actor_name).end_object();
  out.member("source", item.source.channel);
  out.key("changes").begin_array();
  for (const FieldChange& change : item.changes) {
    const pack::Field* field = layout_.kind.field(change.field);
    if (field != nullptr && !shows(*field, place)) continue;
    if (change.field == "label") {
      const json::Value& side = change.after.is_null() ? change.before : change.after;
      const pack::Label* label = layout_.kind.label(side.text("label"));
      if (label == nullptr || !shows(*label, place)) continue;
    }
    out.begin_object().member("field", change.field);
    out.key("before").value(change.before).key("after").value(change.after).end_object();
  }
  out.end_array().end_object();
}

}  // namespace linli::registers
