// Which people an event concerns, and telling them.
#include <set>
#include <vector>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/notices/api.h"
#include "domain/notices/work.h"
#include "domain/places/api.h"

namespace linli::notices {

namespace {

constexpr int64_t kMostHolders = 50;

// Who is meant by a word of the texts: people whose account the event names, or those who hold a
// permission at the place that it names.
struct Audience {
  std::string name;
  std::string_view permission;  // empty: an account
};
const std::vector<Audience>& audiences() {
  static const std::vector<Audience> all = {{"reporter", ""},
                                            {"assignee", ""},
                                            {"unit", "case.handle"},
                                            {"owing", "plan.report"},
                                            {"asking", "plan.approve"}};
  return all;
}

bool has_words(const pack::Content& content, const std::string& key) {
  const auto texts = content.texts.find("zh");
  return texts != content.texts.end() && texts->second.contains(key);
}

// The event's data as words for the texts, with the name of the place.
Values values_of(db::Tx& tx, const host::Event& event) {
  Values values;
  if (event.data.is_object()) {
    for (const auto& [name, member] : event.data.as_object()) {
      if (member.is_string()) values.emplace_back(name, member.as_string());
      if (member.is_int()) values.emplace_back(name, std::to_string(member.as_int()));
    }
  }
  values.emplace_back("place", places::name_of(tx, event.place));
  return values;
}

// Whoever holds the permission for the unit: a place's code, or a department with the code of its
// county; of several territories the nearest.
std::vector<std::string> workers_of(db::Tx& tx, const host::Services& services,
                                    std::string_view permission, const std::string& unit) {
  const size_t at = unit.find('@');
  const bool department = at != std::string::npos;
  const Result<Code> place = Code::parse(department ? unit.substr(at + 1) : unit);
  std::vector<std::string> found;
  if (!place || unit.empty()) return found;
  const auto take = [&](const std::string& own_unit) {
    std::optional<Code> nearest;
    for (const accounts::Reference& holder :
         accounts::holders(tx, services, permission, *place, own_unit, kMostHolders)) {
      if (holder.unit != own_unit) continue;
      if (!nearest) nearest = holder.place;
      if (department || holder.place == *nearest) found.push_back(holder.id);
    }
  };
  if (!department) {
    take("");
    return found;
  }
  take(unit.substr(0, at));
  take(unit);
  return found;
}

std::vector<std::string> units_of(const host::Event& event, const std::string& audience) {
  std::vector<std::string> units = {event.data.text(audience)};
  if (audience != "unit") return units;
  const json::Value* more = event.data.find("units");
  if (more == nullptr || !more->is_array()) return units;
  for (const json::Value& unit : more->as_array()) {
    if (unit.is_string()) units.push_back(unit.as_string());
  }
  return units;
}

}  // namespace

Done tell_people(db::Tx& tx, host::Services& services, const host::Event& event) {
  std::set<std::string> told = {"", event.actor_id};
  const auto tell = [&](const std::string& account_id, const std::string& key) {
    if (!told.insert(account_id).second) return;
    News news;
    news.account_id = account_id;
    news.key = key;
    news.values = values_of(tx, event);
    news.subject_id = event.subject_id;
    news.by_phone = has_words(*services.content, key + ".phone");
    notify(tx, services, news, event.at);
  };
  for (const auto& [audience, permission] : audiences()) {
    const std::string key = "notice." + event.name + "." + audience;
    if (!has_words(*services.content, key + ".title")) continue;
    if (permission.empty()) {
      tell(event.data.text(audience), key);
      continue;
    }
    for (const std::string& unit : units_of(event, audience)) {
      for (const std::string& worker : workers_of(tx, services, permission, unit)) {
        tell(worker, key);
      }
    }
  }
  return {};
}

}  // namespace linli::notices
