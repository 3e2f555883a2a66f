#include "host/services.h"

#include "core/id.h"

namespace linli::host {

void Services::announce(db::Tx& tx, Event event) const {
  if (event.id.empty()) event.id = id::make(event.at);
  tx.run(
      "INSERT INTO event_log (village, id, name, place, subject_id, at, actor_id, data)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {event.place.village().padded(), event.id, event.name, event.place.padded(), event.subject_id,
       event.at, event.actor_id, json::write(event.data)});
  tx.on_commit([waiting = hub] { waiting->ring(); });
}

void Services::changed(db::Tx& tx, const Change& change) {
  for (const Module& module : modules) {
    for (const Observer& observer : module.observers) observer.changed(tx, *this, change);
  }
}

}  // namespace linli::host
