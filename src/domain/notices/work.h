// The background work: carrying messages to phones and events to web hooks.
#pragma once

#include "domain/notices/sender.h"
#include "host/event.h"
#include "host/services.h"

namespace linli::notices {

// Tells the people of an event. The packs say who is told of what: where they hold the texts
// notice.<event>.<audience>.title and .text, the audience is told; with .phone, also by short
// message. Audiences: `reporter` and `assignee` (accounts in the event's data), and `unit` (whoever
// handles cases for the event's `unit` and `units`, the nearest only). Nobody is told of what he
// did himself.
Done tell_people(db::Tx& tx, host::Services& services, const host::Event& event);
// Puts the event on its way to every web hook that wants it.
Done take_event(db::Tx& tx, host::Services& services, const host::Event& event);
// Sends what waits in the outbox; messages that fail are tried again later.
void send_messages(host::Services& services, Sender& sender, time::Instant now);
// Makes the due deliveries, each hook's in the order of the events; a failure holds up that hook.
void deliver_hooks(host::Services& services, bool private_addresses, time::Instant now);

}  // namespace linli::notices
