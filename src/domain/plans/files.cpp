#include "domain/plans/files.h"

#include <filesystem>
#include <fstream>

#include "core/crypto.h"
#include "core/id.h"
#include "core/text.h"
#include "domain/plans/store_duties.h"

namespace linli::plans {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLongestName = 200;

bool begins(std::string_view bytes, std::string_view magic) {
  return bytes.substr(0, magic.size()) == magic;
}

// A name without folders and control characters.
std::string safe_name(std::string_view name) {
  const size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string safe;
  for (const char c : name.substr(0, kLongestName)) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"') safe += c;
  }
  return text::is_utf8(safe) && !safe.empty() ? safe : "evidence";
}

}  // namespace

std::string kind_of_file(std::string_view bytes) {
  if (begins(bytes, "%PDF-")) return "application/pdf";
  if (begins(bytes, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (begins(bytes, "\xff\xd8\xff")) return "image/jpeg";
  if (begins(bytes, "PK\x03\x04")) return "application/zip";  // office documents are zip files
  const bool text = text::is_utf8(bytes) && bytes.find('\0') == std::string_view::npos;
  return text ? "text/plain; charset=utf-8" : "";
}

std::string path_of(const host::Services& services, const EvidenceFile& file) {
  return (fs::path(services.settings.data_folder) / "evidence" / file.sha256.substr(0, 2) /
          file.sha256.substr(2))
      .string();
}

Result<EvidenceFile> keep_file(host::Services& services, const host::Actor& actor, Code place,
                               std::string_view name, std::string_view bytes, time::Instant now) {
  if (bytes.empty()) return refuse(ErrorKind::invalid, "evidence.empty");
  EvidenceFile made{.id = id::make(now),
                    .place = place,
                    .name = safe_name(name),
                    .kind = kind_of_file(bytes),
                    .bytes = static_cast<int64_t>(bytes.size()),
                    .sha256 = text::hex(crypto::sha256(bytes)),
                    .owner = actor.account_id,
                    .at = now};
  if (made.kind.empty()) return refuse(ErrorKind::invalid, "evidence.bad_kind", made.name);
  const fs::path path = path_of(services, made);
  fs::create_directories(path.parent_path());
  const fs::path part = path.string() + "." + crypto::random_token(6);
  std::ofstream out(part, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) throw std::runtime_error("cannot write " + part.string());
  fs::rename(part, path);
  TRY(services.database.transact([&](db::Tx& tx) -> Done {
    store::insert(tx, made);
    return {};
  }));
  return made;
}

Result<EvidenceFile> find_file(db::Tx& tx, std::string_view id) {
  const auto found = store::find_file(tx, id);
  if (!found) return refuse(ErrorKind::not_found, "evidence.not_found", std::string(id));
  return *found;
}

Result<std::vector<EvidenceFile>> find_files(db::Tx& tx, const std::vector<std::string>& ids,
                                             Code place) {
  std::vector<EvidenceFile> found;
  for (const std::string& id : ids) {
    found.push_back(TRY(find_file(tx, id)));
    if (found.back().place != place) {
      return refuse(ErrorKind::not_found, "evidence.not_found", id);
    }
  }
  return found;
}

}  // namespace linli::plans
