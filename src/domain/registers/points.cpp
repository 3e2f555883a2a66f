#include "domain/registers/points.h"

#include <algorithm>

#include "domain/registers/rules.h"
#include "domain/registers/tables.h"
#include "domain/registers/view.h"

namespace linli::registers {

Result<PointScope> point_scope(const host::Actor& actor, const pack::Register& kind,
                               region::Code place) {
  const pack::Field* point = point_of(kind);
  if (point == nullptr) return refuse(ErrorKind::not_found, "register.without_point", kind.key);
  PointScope scope{.kind = &kind};
  const auto shown = [&](const pack::Field* field, region::Code at) {
    return field != nullptr && sees(field->see, roles_at(actor, at));
  };
  for (const region::Code territory :
       cut_to(host::territories(actor, permission(kind, "read")), place)) {
    if (shown(point, territory)) scope.territories.push_back(territory);
  }
  if (scope.territories.empty()) {
    return actor.account_id.empty() ? refuse(ErrorKind::unauthenticated, "access.sign_in")
                                    : refuse(ErrorKind::forbidden, "access.denied");
  }
  const auto everywhere = [&](const pack::Field* field) {
    return std::all_of(scope.territories.begin(), scope.territories.end(),
                       [&](region::Code territory) { return shown(field, territory); });
  };
  scope.title = everywhere(pin_title(kind));
  scope.choice = everywhere(pin_choice(kind));
  return scope;
}

PointScope everybody(const host::Actor& actor, const pack::Register& kind, region::Code place) {
  PointScope scope{.kind = &kind,
                   .territories = {place},
                   .title = true,
                   .choice = true,
                   .whole = false,
                   .closed = service_of(kind) == nullptr};
  if (const auto own = point_scope(actor, kind, place)) scope.own = own->territories;
  return scope;
}

bool counts(const PointScope& scope) {
  return std::none_of(
      scope.territories.begin(), scope.territories.end(),
      [](region::Code territory) { return territory.level() > region::Level::village; });
}

}  // namespace linli::registers
