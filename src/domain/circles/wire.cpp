#include "domain/circles/wire.h"

#include "host/context.h"

namespace linli::circles {

void write_source(json::Writer& out, const Way& way) {
  out.member("has_map", way.travel != nullptr);
  if (way.travel == nullptr) return;
  const auto about = json::parse(way.file->network().about);
  out.member("attribution", about ? about->text("attribution") : "");
  out.member("synthetic", about && about->flag("synthetic"));
}

void write_rows(json::Writer& out, const std::vector<VillageCircle>& rows) {
  out.begin_array();
  for (const VillageCircle& row : rows) {
    out.begin_object();
    out.member("place", row.village.text());
    out.key("minutes");
    row.minutes ? out.value(int64_t{*row.minutes}) : out.null();
    out.member("residents", row.residents).member("located", row.located);
    out.member("estimated", row.estimated).member("unconnected", row.unconnected);
    out.key("complete");
    row.located > 0 ? out.value(row.complete) : out.null();
    out.key("needs").begin_object();
    for (const auto& [need, count] : row.needs) out.member(need, count);
    out.end_object();
    out.end_object();
  }
  out.end_array();
}

net::Response answer(const PlaceCircle& made, std::string_view circle) {
  return host::ok([&](json::Writer& out) {
    out.begin_object();
    out.member("circle", std::string(circle));
    out.member("resident_group", made.resident_group);
    out.member("has_map", made.has_map);
    out.member("pending", made.pending);
    out.key("items");
    write_rows(out, made.rows);
    out.end_object();
  });
}

}  // namespace linli::circles
