#include "domain/cases/columns.h"

#include "core/text.h"

namespace linli::cases::store {
namespace {

constexpr std::string_view kColumns =
    "c.id, c.place, c.number, c.kind, c.form, c.address, c.lon, c.lat, c.channel, c.reporter,"
    " c.contact, c.phone_key, c.anonymous, c.urban, c.community_types, c.stage, c.unit,"
    " c.assignee, c.assignee_name, c.opened_at, c.due_at, c.replied_at, c.closed_at, c.answered,"
    " c.resolved, c.rating, c.breached, c.reopened, c.me_too, c.merged_into, c.events, c.version";

void read_state(const db::Row& row, workflow::State& state) {
  state.stage = row.text(15);
  state.unit = row.text(16);
  state.assignee = row.text(17);
  state.opened_at = row.integer(19);
  state.replied_at = row.maybe_integer(21);
  state.closed_at = row.maybe_integer(22);
  state.answered = row.integer(23) != 0;
  state.resolved = row.integer(24) != 0;
  state.rating = static_cast<int>(row.integer(25));
  state.breached = row.integer(26) != 0;
  state.reopened = row.integer(27) != 0;
  state.me_too = row.integer(28);
  state.merged_into = row.text(29);
  state.events = row.integer(30);
}

}  // namespace

std::string select_case(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM " + std::string(rest);
}

Case read_case(const db::Row& row) {
  Case read;
  read.id = row.text(0);
  read.place = region::Code(row.integer(1));
  read.number = row.text(2);
  read.kind = row.text(3);
  read.form = MUST(json::parse(row.text(4)));
  read.address = row.text(5);
  if (!row.null(6)) read.point = places::Point{row.real(6), row.real(7)};
  read.channel = row.text(8);
  read.reporter = row.maybe_text(9).value_or("");
  read.contact = row.text(10);
  read.phone_key = row.maybe_text(11).value_or("");
  read.anonymous = row.integer(12) != 0;
  if (!row.null(13)) read.attributes.urban = row.integer(13) != 0;
  read.attributes.community_types = text::split(row.text(14), '|');
  std::erase(read.attributes.community_types, std::string());
  read.assignee_name = row.text(18);
  read.due_at = row.maybe_integer(20);
  read.version = row.integer(31);
  read_state(row, read.state);
  return read;
}

Value urban_value(const places::Attributes& attributes) {
  return attributes.urban ? Value(static_cast<int64_t>(*attributes.urban)) : Value();
}

Value community_value(const places::Attributes& attributes) {
  std::string joined;
  for (const std::string& type : attributes.community_types)
    joined += (joined.empty() ? "|" : "") + type + "|";
  return joined;
}

}  // namespace linli::cases::store
