#include "app/commands/commands.h"
#include "core/crypto.h"
#include "domain/accounts/api.h"

namespace linli::app {

namespace {

Result<std::vector<accounts::GivenRole>> read_grants(const std::vector<std::string>& texts) {
  std::vector<accounts::GivenRole> grants;
  for (const std::string& text : texts) {
    const size_t at = text.find('@');
    if (at == std::string::npos) return refuse(ErrorKind::invalid, "grant.bad", text);
    grants.push_back({text.substr(0, at), TRY(region::Code::parse(text.substr(at + 1)))});
  }
  return grants;
}

// Runs `act(tx, services)` as the system on the installation; the exit code.
template <class Act>
int on_installation(Terminal& terminal, const Common& common, Act&& act) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    host::Services& services = installation->services();
    return services.database.transact([&](db::Tx& tx) -> Done { return act(tx, services); });
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

Result<accounts::Account> named(db::Tx& tx, const host::Services& services,
                                const std::string& name) {
  auto account = accounts::find_by_name(tx, services, name);
  if (!account) return refuse(ErrorKind::not_found, "account.not_found", name);
  return *account;
}

int list(Terminal& terminal, const Common& common, accounts::Kind kind) {
  return on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
    for (const accounts::Account& account : accounts::staff(tx, services)) {
      if (account.kind != kind) continue;
      std::string line = account.name.empty() ? "" : account.name + "\t";
      line += account.display_name + "\t" + std::string(accounts::name_of(account.status)) + "\t" +
              account.unit;
      for (const accounts::GivenRole& grant : account.grants) {
        line += "\t" + grant.role + "@" + grant.place.text();
      }
      terminal.print(line);
    }
    return {};
  });
}

}  // namespace

int user_create(Terminal& terminal, const Common& common, const UserCreate& options) {
  const std::string password =
      options.password.empty() ? crypto::random_password() : options.password;
  const int code =
      on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
        const accounts::NewAccount wanted{
            .name = options.name,
            .display_name = options.display_name.empty() ? options.name : options.display_name,
            .password = password,
            .unit = options.unit,
            .grants = TRY(read_grants(options.grants))};
        TRY(accounts::create_account(tx, services, accounts::system_actor(), wanted, time::now()));
        return {};
      });
  if (code == 0) {
    // A password that was given is not repeated on the screen.
    terminal.say("user.created",
                 {{"name", options.name}, {"password", options.password.empty() ? password : "•"}});
  }
  return code;
}

int user_list(Terminal& terminal, const Common& common) {
  return list(terminal, common, accounts::Kind::staff);
}

int user_disable(Terminal& terminal, const Common& common, const std::string& name) {
  const int code =
      on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
        const accounts::Account account = TRY(named(tx, services, name));
        return accounts::disable(tx, services, accounts::system_actor(), account.id, time::now());
      });
  if (code == 0) terminal.say("user.disabled", {{"name", name}});
  return code;
}

int user_password(Terminal& terminal, const Common& common, const std::string& name) {
  const std::string password = crypto::random_password();
  const int code =
      on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
        const accounts::Account account = TRY(named(tx, services, name));
        return accounts::set_password(tx, services, accounts::system_actor(), account.id, password,
                                      time::now());
      });
  if (code == 0) terminal.say("user.password", {{"name", name}, {"password", password}});
  return code;
}

int key_create(Terminal& terminal, const Common& common, const std::string& name,
               const std::vector<std::string>& grants) {
  std::string key;
  const int code =
      on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
        auto given = TRY(read_grants(grants));
        if (given.empty()) {
          // Without a role of its own a key stands for a service that files requests.
          given.push_back({"service", TRY(region::Code::parse(services.settings.region))});
        }
        key = TRY(
            accounts::create_key(tx, services, accounts::system_actor(), name, given, time::now()));
        return {};
      });
  if (code == 0) terminal.print(key);
  return code;
}

int key_list(Terminal& terminal, const Common& common) {
  return list(terminal, common, accounts::Kind::service);
}

int key_disable(Terminal& terminal, const Common& common, const std::string& name) {
  const int code =
      on_installation(terminal, common, [&](db::Tx& tx, host::Services& services) -> Done {
        bool found = false;
        for (const accounts::Account& account : accounts::staff(tx, services)) {
          const bool meant = account.kind == accounts::Kind::service &&
                             account.status == accounts::Status::active &&
                             account.display_name == name;
          if (!meant) continue;
          found = true;
          TRY(accounts::disable(tx, services, accounts::system_actor(), account.id, time::now()));
        }
        if (!found) return refuse(ErrorKind::not_found, "account.not_found", name);
        return {};
      });
  if (code == 0) terminal.say("key.disabled", {{"name", name}});
  return code;
}

}  // namespace linli::app
