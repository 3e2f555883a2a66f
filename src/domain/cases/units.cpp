// The units that may answer for a case.
#include "domain/accounts/api.h"
#include "domain/cases/api.h"
#include "domain/cases/rules.h"
#include "domain/places/api.h"

namespace linli::cases {
namespace {

using region::Code;

constexpr std::string_view kDepartments = "department";

}  // namespace

Done check_unit(db::Tx& tx, const pack::Content& content, Code place, std::string_view unit) {
  const size_t at = unit.find('@');
  const bool department = at != std::string_view::npos;
  const Result<Code> code = Code::parse(department ? unit.substr(at + 1) : unit);
  const pack::ChoiceList* list = content.list(kDepartments);
  if (!code || (department && (!list || !list->find(unit.substr(0, at)))))
    return refuse(ErrorKind::invalid, "case.unknown_unit", std::string(unit));
  if (!places::find(tx, *code))
    return refuse(ErrorKind::invalid, "case.unknown_unit", std::string(unit));
  if (!code->contains(place) && (department || !place.contains(*code)))
    return refuse(ErrorKind::invalid, "case.unit_elsewhere", std::string(unit));
  return {};
}

Result<std::string> unit_of_account(db::Tx& tx, const host::Services& services, Code place,
                                    std::string_view account_id) {
  const accounts::Account account = TRY(accounts::find(tx, services, account_id));
  std::optional<Code> nearest;
  for (const accounts::GivenRole& grant : account.grants) {
    if (!grant.place.contains(place) && !place.contains(grant.place)) continue;
    if (!nearest || grant.place.level() > nearest->level()) nearest = grant.place;
  }
  if (!nearest || account.status != accounts::Status::active)
    return refuse(ErrorKind::invalid, "case.unit_elsewhere", std::string(account_id));
  if (account.unit.empty()) return nearest->text();
  if (account.unit.find('@') != std::string::npos) return account.unit;
  return department_unit(account.unit, *nearest);
}

}  // namespace linli::cases
