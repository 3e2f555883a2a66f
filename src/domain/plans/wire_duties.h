// Tasks, requests for values and files of evidence on the wire, and what their lists share.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/shape.h"
#include "domain/plans/files.h"
#include "domain/plans/tasks.h"
#include "domain/plans/value_requests.h"
#include "host/context.h"

namespace linli::plans {

// A duty with the names of its place and of the place it is owed to.
template <class Duty>
struct Named {
  Duty duty;
  std::string place_name;
  std::string owed_to_name;
};
std::vector<Named<Task>> named(db::Tx& tx, const std::vector<Task>& all);
std::vector<Named<ValueRequest>> named(db::Tx& tx, const std::vector<ValueRequest>& all);

void write(json::Writer& out, const Named<Task>& task, time::Date today);
void write(json::Writer& out, const TaskEntry& entry);
void write(json::Writer& out, const EvidenceFile& file);
void write(json::Writer& out, const Named<ValueRequest>& request, time::Date today);
void write(json::Writer& out, const RequestStep& step);

shape::Shape task_shape();
shape::Shape entry_shape();
shape::Shape file_shape();
shape::Shape request_shape();
shape::Shape step_shape();

// The place and id after which a page begins. Refuses `page.bad_cursor`.
Result<std::optional<std::pair<Code, std::string>>> read_after(const host::Context& call);

template <class Duty, class Write>
net::Response page_of(const std::vector<Named<Duty>>& found, int64_t limit, Write&& write_one) {
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("items").begin_array();
    for (const auto& one : found) write_one(out, one);
    out.end_array().key("next");
    if (std::ssize(found) < limit || found.empty()) {
      out.null();
    } else {
      const Duty& last = found.back().duty;
      out.value(host::write_cursor({last.place.padded(), last.id}));
    }
    out.end_object();
  });
}

}  // namespace linli::plans
