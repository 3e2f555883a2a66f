#include "domain/cases/pictures.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/crypto.h"
#include "core/id.h"
#include "core/text.h"
#include "domain/cases/api.h"
#include "domain/cases/image.h"
#include "domain/cases/record_pictures.h"
#include "domain/cases/rules.h"
#include "domain/cases/store.h"

namespace linli::cases {
namespace {

namespace files = std::filesystem;

constexpr int64_t kBatch = 200;

files::path path_of(const host::Services& services, const std::string& sha256, bool thumb) {
  return files::path(services.settings.data_folder) / "attachments" / sha256.substr(0, 2) /
         (sha256.substr(2) + (thumb ? ".thumb" : ""));
}

// Whole or not at all: a file appears under its name only when it is complete. One that is written
// again gets younger, so that its removal under way leaves it alone.
void write_file(const files::path& path, std::string_view bytes) {
  files::create_directories(path.parent_path());
  files::path part = path;
  part += "." + crypto::random_token(6);
  std::ofstream out(part, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write " + part.string());
  files::rename(part, path);
}

}  // namespace

Result<Attachment> keep_picture(host::Services& services, const host::Actor& actor,
                                std::string_view bytes, bool keep_location, time::Instant now) {
  const image::Picture picture = TRY(image::redraw(bytes));
  Attachment made;
  made.id = id::make(now);
  made.owner = actor.account_id;
  made.sha256 = text::hex(crypto::sha256(picture.bytes));
  made.kind = picture.kind;
  made.width = picture.width;
  made.height = picture.height;
  made.bytes = static_cast<int64_t>(picture.bytes.size());
  if (keep_location) made.point = picture.point;
  made.created_at = now;
  write_file(path_of(services, made.sha256, false), picture.bytes);
  write_file(path_of(services, made.sha256, true), picture.thumb);
  TRY(services.database.transact([&](db::Tx& tx) -> Done {
    store::insert(tx, made);
    return {};
  }));
  return made;
}

Result<Attachment> find_picture(db::Tx& tx, host::Services& services, const host::Actor& actor,
                                std::string_view id) {
  const auto hidden = [] { return refuse(ErrorKind::not_found, "attachment.not_found"); };
  const std::optional<Attachment> picture = store::attachment(tx, id);
  if (!picture) return hidden();
  const bool own = !actor.account_id.empty() && picture->owner == actor.account_id;
  if (picture->case_id.empty()) {
    if (!own) return hidden();
    return *picture;
  }
  if (is_record(picture->case_id)) {
    if (!own && !may_read_record(tx, services, actor, picture->case_id)) return hidden();
    return *picture;
  }
  const Result<Case> of = find(tx, services, picture->case_id);
  if (!of) return hidden();
  if (!may_read(actor, *of) && !(is_reporter(actor, *of) && picture->visible) && !own)
    return hidden();
  return *picture;
}

std::string file_of(const host::Services& services, const Attachment& picture, bool thumb) {
  return path_of(services, picture.sha256, thumb).string();
}

Done add_pictures(db::Tx& tx, const host::Actor& actor, const Case& to,
                  const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const std::optional<Attachment> loose = store::attachment(tx, id);
    if (!loose || (loose->case_id.empty() && loose->owner != actor.account_id))
      return refuse(ErrorKind::invalid, "attachment.unknown", id);
    if (!loose->case_id.empty() && loose->case_id != to.id)
      return refuse(ErrorKind::conflict, "attachment.taken", id);
    if (loose->case_id.empty()) store::attach(tx, *loose, to.village(), to.id, true);
  }
  return {};
}

namespace {

void remove_old_file(const files::path& path) {
  std::error_code gone;
  const auto written = files::last_write_time(path, gone);
  if (!gone && files::file_time_type::clock::now() - written > std::chrono::hours(1))
    files::remove(path, gone);
}

}  // namespace

int64_t drop_loose_pictures(host::Services& services, time::Instant now) {
  std::vector<Attachment> gone;
  const Done done = services.database.transact([&](db::Tx& tx) -> Done {
    gone.clear();
    for (const Attachment& loose : store::loose_before(tx, now - time::kDay, kBatch)) {
      store::remove(tx, loose);
      if (!store::is_used(tx, loose.sha256)) gone.push_back(loose);
    }
    return {};
  });
  if (!done) return 0;
  for (const Attachment& picture : gone)
    for (const bool thumb : {false, true})
      remove_old_file(path_of(services, picture.sha256, thumb));
  return std::ssize(gone);
}

}  // namespace linli::cases
