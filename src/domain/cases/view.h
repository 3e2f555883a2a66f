// Cases as JSON: a row of a list, the whole for those who handle it, and the resident's own view in
// plain words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "domain/cases/types.h"
#include "engine/pack/types.h"
#include "host/context.h"

namespace linli::cases {

// The language of the texts in an answer: `language=en`, else the accept-language header, else zh.
std::string language_of(const host::Context& call);
const std::string& in(const std::string& language, const pack::Text& text);

// What a page needs beside its cases.
struct View {
  const host::Services& services;
  std::string language;
  time::Instant now = 0;
  std::map<region::Code, std::string> places;
};
View view_of(db::Tx& tx, host::Context& call, const std::vector<Case>& cases);

std::string subject_name(const View& view, const Case& shown);
std::string stage_name(const View& view, const Case& shown);
std::string unit_name(const View& view, const std::string& unit);

// The members of a row, without its braces.
void write_row(json::Writer& out, const View& view, const Case& shown);

// Everything that the page of a case shows.
struct Whole {
  Case shown;
  std::vector<LoggedEvent> events;
  std::vector<Attachment> attachments;
  std::vector<Case> related;  // the lead it was joined to, or those joined to it
};
Result<Whole> whole(db::Tx& tx, host::Services& services, const Case& shown);
// With the names of all units that the case passed through.
View view_of(db::Tx& tx, host::Context& call, const Whole& whole);
void write_whole(json::Writer& out, const View& view, const host::Actor& actor, const Whole& whole);
void write_own(json::Writer& out, const View& view, const host::Actor& actor, const Whole& whole);

}  // namespace linli::cases
