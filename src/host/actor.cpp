#include "host/actor.h"

#include <algorithm>

namespace linli::host {

namespace {

// "register.*" covers everything that begins with "register."; "*" inside a word is not a pattern.
bool covers(std::string_view pattern, std::string_view permission) {
  if (pattern == permission) return true;
  const size_t star = pattern.find(".*");
  if (star == std::string_view::npos) return false;
  if (permission.substr(0, star + 1) != pattern.substr(0, star + 1)) return false;
  const std::string_view tail = pattern.substr(star + 2);
  return permission.size() > star + 1 + tail.size() && permission.ends_with(tail);
}

bool holds(const Grant& grant, std::string_view permission) {
  return std::any_of(grant.permissions.begin(), grant.permissions.end(),
                     [&](const std::string& pattern) { return covers(pattern, permission); });
}

}  // namespace

bool may(const Actor& actor, std::string_view permission, region::Code place) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return grant.place.contains(place) && holds(grant, permission);
  });
}

std::vector<region::Code> territories(const Actor& actor, std::string_view permission) {
  std::vector<region::Code> places;
  for (const Grant& grant : actor.grants) {
    if (holds(grant, permission)) places.push_back(grant.place);
  }
  // A wider place sorts before what lies under it, except that both may begin with the same code:
  // then the one that ends later is wider.
  std::sort(places.begin(), places.end(), [](region::Code a, region::Code b) {
    return a.first() != b.first() ? a.first() < b.first() : a.last() > b.last();
  });
  std::vector<region::Code> apart;
  for (region::Code place : places) {
    if (apart.empty() || !apart.back().contains(place)) apart.push_back(place);
  }
  return apart;
}

std::string scope_sql(std::string_view column, const std::vector<region::Code>& territories,
                      db::Params& params) {
  if (territories.empty()) return "1 = 0";
  std::string sql = "(";
  for (region::Code place : territories) {
    if (sql.size() > 1) sql += " OR ";
    params.emplace_back(place.first());
    params.emplace_back(place.last());
    sql += std::string(column) + " BETWEEN $" + std::to_string(params.size() - 1) + " AND $" +
           std::to_string(params.size());
  }
  return sql + ")";
}

}  // namespace linli::host
