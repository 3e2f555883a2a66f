// A case kind as a graph. What each action leads to (the engine of cases does the same):
//
//   assign, escalate, reopen              the stage that lists `accept`
//   accept                                the stage that lists `reply`
//   hand_back, emergency                  the first stage
//   reply, refuse                         the stage that lists `confirm`: the visible answer
//   merge                                 the stage by `lead`, and from there the lead's answer
//   confirm, rate, close                  the terminal stage; a bad rating the stage by `reviewer`
//   call_back, whistle, split, pause      nowhere
//   a clock that runs out by `reporter`   the stage by `reviewer`
#include "engine/pack/rules.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/similar.h"

namespace linli::pack {
namespace {

const std::vector<std::string>& known_actions() {
  static const std::vector<std::string> actions = {
      "assign", "accept", "hand_back", "whistle", "escalate", "emergency", "split", "pause",
      "reply",  "refuse", "merge",     "confirm", "rate",     "call_back", "close", "reopen"};
  return actions;
}

bool lists(const Stage& stage, std::string_view action) {
  return std::find(stage.actions.begin(), stage.actions.end(), action) != stage.actions.end();
}

using Stages = std::vector<Stage>;

int first_where(const Stages& stages, const std::function<bool(const Stage&)>& fits) {
  const auto found = std::find_if(stages.begin(), stages.end(), fits);
  return found == stages.end() ? -1 : static_cast<int>(found - stages.begin());
}

// What an action needs to lead somewhere; empty when it leads nowhere.
struct Lead {
  int stage = -1;
  std::string needs;
  bool answers = false;
};

Lead lead_of(const Stages& stages, std::string_view action) {
  const auto listing = [&](std::string_view other) {
    return first_where(stages, [&](const Stage& stage) { return lists(stage, other); });
  };
  const auto by = [&](std::string_view who) {
    return first_where(stages, [&](const Stage& stage) { return stage.by == who; });
  };
  if (action == "assign" || action == "escalate" || action == "reopen") {
    return {listing("accept"), "a stage that lists `accept`"};
  }
  if (action == "accept") return {listing("reply"), "a stage that lists `reply`"};
  if (action == "hand_back" || action == "emergency") return {0, "a first stage"};
  if (action == "reply" || action == "refuse") {
    return {listing("confirm"), "a stage that lists `confirm`", true};
  }
  if (action == "merge") return {by("lead"), "a stage by `lead`"};
  if (action == "confirm" || action == "rate" || action == "close") {
    return {first_where(stages, [](const Stage& stage) { return stage.terminal; }),
            "a stage that is `terminal`"};
  }
  return {};
}

// The stages that can be reached from the first; `answered` also follows answers.
std::set<int> reachable(const Stages& stages, bool answered) {
  std::set<int> seen;
  std::vector<int> todo = {0};
  while (!todo.empty()) {
    const int at = todo.back();
    todo.pop_back();
    if (at < 0 || !seen.insert(at).second) continue;
    const Stage& stage = stages.at(static_cast<size_t>(at));
    for (const std::string& action : stage.actions) {
      const Lead lead = lead_of(stages, action);
      if (!lead.answers || answered) todo.push_back(lead.stage);
    }
    if (stage.by == "lead" && answered) todo.push_back(lead_of(stages, "reply").stage);
    if (stage.by == "reporter") {
      todo.push_back(first_where(stages, [](const Stage& s) { return s.by == "reviewer"; }));
    }
  }
  return seen;
}

void check_stages(const Document& document, const CaseKind& kind, Report& report) {
  const json::Array& at = document.value.find("stages")->as_array();
  for (size_t i = 0; i < kind.stages.size(); ++i) {
    const Stage& stage = kind.stages[i];
    const bool twice = std::any_of(kind.stages.begin(), kind.stages.begin() + static_cast<long>(i),
                                   [&](const Stage& other) { return other.key == stage.key; });
    if (twice) report.add(document, at[i], "the stage `" + stage.key + "` stands twice");
    if (stage.by.empty() != stage.terminal) {
      report.add(document, at[i],
                 stage.terminal ? "nobody acts in the terminal stage `" + stage.key + "`"
                                : "nobody acts in the stage `" + stage.key + "`",
                 stage.terminal ? "no `by`" : "by: receiver, assignee, reporter, reviewer or lead");
    }
    if (stage.terminal && stage.within) {
      report.add(document, at[i], "a clock runs in the terminal stage `" + stage.key + "`",
                 "no `within`");
    }
    for (const std::string& action : stage.actions) {
      const auto& known = known_actions();
      if (std::find(known.begin(), known.end(), action) == known.end()) {
        report.add(document, at[i], "unknown action `" + action + "`", suggest(action, known));
        continue;
      }
      const Lead lead = lead_of(kind.stages, action);
      if (!lead.needs.empty() && lead.stage < 0) {
        report.add(document, at[i], "`" + action + "` in `" + stage.key + "` leads nowhere",
                   lead.needs);
      }
    }
  }
}

void check_course(const Document& document, const CaseKind& kind, Report& report) {
  const json::Value& stages = *document.value.find("stages");
  const auto is_terminal = [](const Stage& stage) { return stage.terminal; };
  if (std::count_if(kind.stages.begin(), kind.stages.end(), is_terminal) != 1) {
    return report.add(document, stages, "a case must end in one place",
                      "exactly one stage with terminal: true");
  }
  const int end = first_where(kind.stages, is_terminal);
  const std::set<int> all = reachable(kind.stages, true);
  for (size_t i = 0; i < kind.stages.size(); ++i) {
    if (all.count(static_cast<int>(i)) > 0) continue;
    report.add(document, stages.as_array()[i],
               "nothing leads to the stage `" + kind.stages[i].key + "`",
               "an action that leads here, or no such stage");
  }
  for (const int at : reachable(kind.stages, false)) {
    const auto index = static_cast<size_t>(at);
    for (const std::string& action : kind.stages[index].actions) {
      const Lead lead = lead_of(kind.stages, action);
      if (at == end || lead.answers || lead.stage != end) continue;
      report.add(document, stages.as_array()[index],
                 "`" + action + "` in `" + kind.stages[index].key +
                     "` closes the case without an answer that the resident sees",
                 "it only in stages behind `reply` or `refuse`");
    }
  }
}

// A fact about the reporter or a place that a register holds is looked up, not asked again.
void check_asked_once(const Document& document, const CaseKind& kind, const Content& content,
                      Report& report) {
  const auto tells_who = [](FieldType type) {
    return type == FieldType::cn_id_number || type == FieldType::credit_code;
  };
  const auto is_fact = [&](FieldType type) {
    return tells_who(type) || type == FieldType::date || type == FieldType::person_name ||
           type == FieldType::phone || type == FieldType::choice || type == FieldType::place;
  };
  for (const Field& asked : kind.form) {
    if (!is_fact(asked.type)) continue;
    for (const Register& held : content.registers) {
      const auto same = std::find_if(held.fields.begin(), held.fields.end(), [&](const Field& f) {
        return f.type == asked.type && f.list == asked.list &&
               (f.name == asked.name || tells_who(f.type));
      });
      if (same == held.fields.end()) continue;
      report.add(document, *document.value.find("form")->find(asked.name),
                 "the register `" + held.key + "` holds `" + same->name +
                     "`: a form does not ask for it again",
                 "no such field; what is known is looked up");
      break;
    }
  }
}

}  // namespace

void check_case_rules(const Document& document, const CaseKind& kind, const Content& content,
                      Report& report) {
  if (kind.stages.empty()) {
    return report.add(document, *document.value.find("stages"), "the case has no stages",
                      "a first and a terminal one");
  }
  check_stages(document, kind, report);
  check_course(document, kind, report);
  check_asked_once(document, kind, content, report);
  const json::Value& routes = *document.value.find("routes");
  if (kind.routes.empty() || kind.routes.back().when ||
      routes.as_array().back().find("when") != nullptr) {
    report.add(document, routes, "some cases have no route", "a last route without `when`");
  }
}

}  // namespace linli::pack
