#include "engine/workflow/stages.h"

#include <algorithm>

#include "core/region.h"

namespace linli::workflow {

bool lists(const pack::Stage& stage, Action action) {
  return std::find(stage.actions.begin(), stage.actions.end(), name_of(action)) !=
         stage.actions.end();
}

const pack::Stage* stage_listing(const pack::CaseKind& kind, Action action) {
  for (const pack::Stage& stage : kind.stages)
    if (lists(stage, action)) return &stage;
  return nullptr;
}

const pack::Stage* stage_by(const pack::CaseKind& kind, std::string_view who) {
  for (const pack::Stage& stage : kind.stages)
    if (stage.by == who) return &stage;
  return nullptr;
}

const pack::Stage& terminal_stage(const pack::CaseKind& kind) {
  for (const pack::Stage& stage : kind.stages)
    if (stage.terminal) return stage;
  return kind.stages.back();
}

const pack::Stage& entry_stage(const pack::CaseKind& kind) {
  if (const pack::Stage* stage = stage_listing(kind, Action::accept)) return *stage;
  if (const pack::Stage* stage = stage_listing(kind, Action::reply)) return *stage;
  return kind.stages.front();
}

std::optional<std::string> unit_above(const std::string& unit) {
  const size_t at = unit.find('@');
  if (at != std::string::npos) return unit.substr(at + 1);
  const Result<region::Code> code = region::Code::parse(unit);
  if (!code || code->level() <= region::Level::county) return std::nullopt;
  return code->parent().text();
}

bool is_desk(const std::string& unit) {
  if (unit.find('@') != std::string::npos) return false;
  const Result<region::Code> code = region::Code::parse(unit);
  return code && code->level() <= region::Level::township;
}

std::string duty_room(const std::string& unit) {
  const size_t at = unit.find('@');
  if (at != std::string::npos) return unit.substr(at + 1);
  const Result<region::Code> code = region::Code::parse(unit);
  return code ? code->at(region::Level::county).text() : unit;
}

bool is_bad(const pack::CaseKind& kind, int rating) {
  return rating > 0 && rating <= kind.bad_rating_at_most;
}

}  // namespace linli::workflow
