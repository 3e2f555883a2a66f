// Accounts: who signs in, and what they may do where.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/region.h"
#include "core/time.h"

namespace linli::accounts {

using region::Code;

// Staff sign in with a name and a password, residents with their phone, services with a key.
enum class Kind { staff, resident, service };
enum class Status { active, disabled };
std::string_view name_of(Kind kind);
std::string_view name_of(Status status);

// A role of the packs, given for a territory.
struct GivenRole {
  std::string role;
  Code place;
  friend bool operator==(const GivenRole&, const GivenRole&) = default;
};

struct Account {
  std::string id;
  Kind kind = Kind::staff;
  std::string name;  // to sign in with, lower case; empty for residents and services
  std::string display_name;
  std::string phone;      // opened; empty when there is none
  Code place;             // where it belongs: who administers it
  std::string unit;       // the department or organisation, or empty
  std::string person_id;  // the register's person behind a resident's account, or empty
  std::string language = "zh";
  bool elder_view = false;
  Status status = Status::active;
  time::Instant created_at = 0;
  int64_t version = 1;
  std::vector<GivenRole> grants;
};

// What lists of other modules show of an account.
struct Reference {
  std::string id;
  std::string display_name;
  std::string unit;
  Code place;  // where it belongs; of a holder: the nearest territory that it holds
};

// One line of the audit trail. Entries stand in chains, one for each writer that can be busy at the
// same time; within a chain positions have no gaps and each hash covers the one before.
struct AuditEntry {
  int64_t chain = 0;
  int64_t position = 0;
  std::string id;
  time::Instant at = 0;
  std::string actor_id;  // "system" for the command line and jobs
  std::string acts_for;
  std::string action;   // account.disabled, register.revealed
  std::string subject;  // the id of what it was done to
  Code place;
  std::string detail;  // JSON
  std::string hash;
};

}  // namespace linli::accounts
