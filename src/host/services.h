// What lives as long as the server.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.h"
#include "db/database.h"
#include "engine/pack/types.h"
#include "host/event.h"
#include "host/hub.h"
#include "host/module.h"

namespace linli::host {

// Settings of one installation, from the command line and the data folder.
struct Settings {
  std::string data_folder;
  std::string packs_folder;
  std::string web_folder;
  std::string region;  // wire code of the place it serves; "" is the nation
  bool demo = false;   // the outbox of one-time codes is shown on screen
  std::string public_url;
  bool destructive = false;  // a changed pack may drop columns that it no longer declares
};

struct Services {
  db::Database& database;
  std::shared_ptr<const pack::Content> content;
  const crypto::Keyring& keyring;
  Settings settings = {};
  std::vector<Module> modules = {};
  std::shared_ptr<Hub> hub = std::make_shared<Hub>();

  // Appends to the event log in this transaction and wakes the listeners after the commit.
  void announce(db::Tx& tx, Event event) const;
  // Tells every observer, in this transaction.
  void changed(db::Tx& tx, const Change& change);
};

}  // namespace linli::host
