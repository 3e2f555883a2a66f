#include "domain/cases/record_pictures.h"

#include <set>

#include "core/text.h"
#include "domain/cases/store.h"
#include "domain/registers/api.h"

namespace linli::cases {
namespace {

std::set<std::string> pictures_of(const pack::Register& kind, const registers::Record& record) {
  std::set<std::string> ids;
  for (size_t i = 0; i < kind.fields.size(); ++i) {
    const auto* joined = std::get_if<std::string>(&record.values[i]);
    if (kind.fields[i].type != pack::FieldType::images || joined == nullptr) continue;
    for (const std::string& id : text::split(*joined, '|')) {
      if (!id.empty()) ids.insert(id);
    }
  }
  return ids;
}

}  // namespace

bool is_record(std::string_view holder) {
  return holder.find('/') != std::string_view::npos;
}

bool may_read_record(db::Tx& tx, host::Services& services, const host::Actor& actor,
                     std::string_view holder) {
  const size_t at = holder.find('/');
  const pack::Register* kind = services.content->find_register(holder.substr(0, at));
  if (kind == nullptr) return false;
  const auto record = registers::load(tx, services, *kind, holder.substr(at + 1));
  return record && host::may(actor, "register." + kind->key + ".read", record->place);
}

Done follow_record(db::Tx& tx, host::Services& services, const host::Event& event) {
  const pack::Register* kind = services.content->find_register(event.data.text("register"));
  if (kind == nullptr) return {};
  std::set<std::string> wanted;
  if (const auto record = registers::load(tx, services, *kind, event.subject_id)) {
    wanted = pictures_of(*kind, *record);
  }
  const std::string holder = kind->key + "/" + event.subject_id;
  const region::Code village = event.place.village();
  for (const Attachment& kept : store::attachments(tx, village, holder)) {
    if (wanted.erase(kept.id) == 0) store::attach(tx, kept, region::Code(), "", true);
  }
  for (const std::string& id : wanted) {
    const std::optional<Attachment> found = store::attachment(tx, id);
    const bool own = found && found->case_id.empty() && found->owner == event.actor_id;
    if (own || (found && found->case_id == holder))
      store::attach(tx, *found, village, holder, true);
  }
  return {};
}

}  // namespace linli::cases
