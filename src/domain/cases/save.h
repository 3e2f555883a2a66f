// One way to write what happened to a case: row, log, queues, observers, events.
#pragma once

#include <string>
#include <vector>

#include "domain/cases/types.h"
#include "engine/workflow/machine.h"
#include "host/services.h"

namespace linli::cases {

// Refuses `case.unknown_kind` when the packs no longer have it.
Result<const pack::CaseKind*> kind_of(const host::Services& services, const Case& of);

// Tells the observers; without a case before it is new.
void tell_changed(db::Tx& tx, host::Services& services, const pack::CaseKind& kind,
                  const Case* before, const Case& after);
// A new case with its first event already applied.
void save_new(db::Tx& tx, host::Services& services, const Case& made, const LoggedEvent& first);
// Applies the events to the case as read and writes it; those joined to it get its reply. With
// `touch` the version moves on. Refuses `record.changed_meanwhile`.
Result<Case> save(db::Tx& tx, host::Services& services, const Case& before,
                  const std::vector<workflow::Event>& events, const std::string& actor_name,
                  bool touch = true);

}  // namespace linli::cases
