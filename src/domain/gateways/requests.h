// Requests in Open311's words: what is asked for, what is filed, and what the public may read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/cases/api.h"
#include "domain/gateways/locate.h"
#include "domain/gateways/services.h"
#include "net/http.h"

namespace linli::gateways {

using Parameters = std::vector<std::pair<std::string, std::string>>;
// The body of a form (application/x-www-form-urlencoded) behind the query's parameters.
Result<Parameters> read_parameters(const net::Request& request);
std::string_view find(const Parameters& parameters, std::string_view name);

inline constexpr int64_t kMostRequests = 1000;
inline constexpr int64_t kMostDays = 90;

// What GET requests selects. Without dates it is the last 90 days; never more than 90.
struct Selection {
  std::vector<std::string> ids;
  std::vector<std::string> services;
  time::Instant from = 0;
  time::Instant to = 0;
  bool open = true;
  bool closed = true;
  int64_t page = 1;
  int64_t page_size = kMostRequests;
};
Result<Selection> read_selection(const Parameters& parameters, time::Instant now);

// A report that is to become a case: everything but its place.
struct Report {
  cases::Opening opening;
  Location location;
};
Result<Report> read_report(const Parameters& parameters, const Catalogue& catalogue);

// The public facts of a case. Nobody's name or number is among them; the words, the point and the
// address only of what was filed through this standard, whose senders know that it publishes
// them; of others the village.
using Names = std::map<region::Code, std::string>;
json::Value public_view(const cases::Case& shown, const Catalogue& catalogue, const Names& names,
                        const pack::Content& content, Language language);
// The places whose names a view needs.
std::vector<region::Code> named_in(const cases::Case& shown);

}  // namespace linli::gateways
