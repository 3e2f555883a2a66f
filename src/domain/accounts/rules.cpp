#include "domain/accounts/rules.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"

namespace linli::accounts {

namespace {

constexpr size_t kNameLength = 40;
constexpr size_t kDisplayNameLength = 60;
constexpr size_t kPasswordShortest = 10;
constexpr size_t kPasswordLongest = 200;
constexpr time::Instant kFirstPause = 10 * time::kSecond;

bool is_name_sign(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
         c >= 0x80;
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::staff:
      return "staff";
    case Kind::resident:
      return "resident";
    case Kind::service:
      break;
  }
  return "service";
}

std::string_view name_of(Status status) {
  return status == Status::active ? "active" : "disabled";
}

Result<std::string> check_name(std::string_view name) {
  std::string lower = text::trim(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const size_t length = text::count_code_points(lower);
  const bool signs = std::all_of(lower.begin(), lower.end(), [](char c) {
    return is_name_sign(static_cast<unsigned char>(c));
  });
  if (length < 2 || length > kNameLength || !signs || !text::is_utf8(lower)) {
    return refuse(ErrorKind::invalid, "account.bad_name");
  }
  return lower;
}

Result<std::string> check_display_name(std::string_view name) {
  std::string trimmed = text::trim(name);
  const bool control = std::any_of(trimmed.begin(), trimmed.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (trimmed.empty() || control || !text::is_utf8(trimmed) ||
      text::count_code_points(trimmed) > kDisplayNameLength) {
    return refuse(ErrorKind::invalid, "account.bad_display_name");
  }
  return trimmed;
}

Done check_password(std::string_view password, std::string_view name) {
  const size_t length = text::count_code_points(password);
  if (length < kPasswordShortest) return refuse(ErrorKind::invalid, "password.too_short");
  if (password.size() > kPasswordLongest) return refuse(ErrorKind::invalid, "password.too_long");
  if (!name.empty() && text::fold(password) == text::fold(name)) {
    return refuse(ErrorKind::invalid, "password.is_name");
  }
  return {};
}

Result<std::string> check_phone(std::string_view phone) {
  std::string digits;
  for (const char c : phone) {
    if (c != ' ' && c != '-') digits += c;
  }
  if (digits.starts_with("+86")) digits.erase(0, 3);
  const bool all_digits = digits.find_first_not_of("0123456789") == std::string::npos;
  if (digits.size() != 11 || !all_digits || digits[0] != '1' || digits[1] < '3') {
    return refuse(ErrorKind::invalid, "phone.bad");
  }
  return digits;
}

std::string mask_phone(std::string_view phone) {
  if (phone.size() != 11) return {};
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(7));
}

std::optional<host::Grant> grant_of(const pack::Content& content, const GivenRole& given) {
  const pack::Role* role = content.role(given.role);
  if (role == nullptr) return std::nullopt;
  host::Grant grant{given.role, given.place, role->permissions};
  std::sort(grant.permissions.begin(), grant.permissions.end());
  return grant;
}

std::vector<host::Grant> grants_of(const pack::Content& content,
                                   const std::vector<GivenRole>& given) {
  std::vector<host::Grant> grants;
  for (const GivenRole& role : given) {
    if (auto grant = grant_of(content, role)) grants.push_back(std::move(*grant));
  }
  return grants;
}

Done may_give(const pack::Content& content, const host::Actor& actor, const GivenRole& given) {
  const pack::Role* role = content.role(given.role);
  if (role == nullptr) return refuse(ErrorKind::invalid, "grant.unknown_role", given.role);
  const auto& levels = role->levels;
  if (std::find(levels.begin(), levels.end(), given.place.level()) == levels.end()) {
    return refuse(ErrorKind::invalid, "grant.bad_level", given.role + " " + given.place.text());
  }
  if (actor.channel == "system") return {};
  const bool holds = host::may(actor, "account.write", given.place) &&
                     std::all_of(role->permissions.begin(), role->permissions.end(),
                                 [&](const std::string& permission) {
                                   return host::may(actor, permission, given.place);
                                 });
  if (!holds) return refuse(ErrorKind::forbidden, "grant.not_yours", given.role);
  return {};
}

Done may_manage(const pack::Content& content, const host::Actor& actor, const Account& account) {
  if (actor.channel == "system") return {};
  if (!host::may(actor, "account.write", account.place)) {
    return refuse(ErrorKind::forbidden, "access.denied", account.id);
  }
  // Residents' role is everybody's; who administers a place need not hold it.
  if (account.kind == Kind::resident) return {};
  for (const GivenRole& given : account.grants) {
    if (content.role(given.role) != nullptr && !may_give(content, actor, given)) {
      return refuse(ErrorKind::forbidden, "access.denied", account.id);
    }
  }
  return {};
}

Lifetime lifetime_of(Kind kind) {
  if (kind == Kind::resident) return {30 * time::kDay, 180 * time::kDay};
  return {12 * time::kHour, 7 * time::kDay};
}

std::optional<time::Instant> retry_at(int64_t tries, time::Instant created_at, time::Instant now) {
  if (now - created_at > time::kDay) return std::nullopt;
  return now + (kFirstPause << std::min<int64_t>(tries, 8));
}

std::string canonical(const AuditEntry& entry) {
  json::Writer out;
  out.begin_array();
  out.value(entry.chain).value(entry.position).value(entry.id).value(entry.at);
  out.value(entry.actor_id).value(entry.acts_for).value(entry.action).value(entry.subject);
  out.value(entry.place.padded()).value(entry.detail);
  out.end_array();
  return out.take();
}

}  // namespace linli::accounts
