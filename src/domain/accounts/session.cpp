#include "domain/accounts/session.h"

#include <atomic>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/store.h"
#include "domain/places/api.h"

namespace linli::accounts {

namespace {

// Argon2 takes 64 MiB a time: more at once wait for a later try.
constexpr int kMostHashing = 4;

class HashingSlot {
 public:
  HashingSlot() : taken_(busy().fetch_add(1) < kMostHashing) {}
  ~HashingSlot() { busy().fetch_sub(1); }
  HashingSlot(const HashingSlot&) = delete;
  HashingSlot& operator=(const HashingSlot&) = delete;
  bool taken() const { return taken_; }

 private:
  static std::atomic<int>& busy() {
    static std::atomic<int> count{0};
    return count;
  }
  bool taken_;
};

struct Tries {
  std::string what;  // sign_in.name, code.phone
  std::string_view subject;
  Limit limit;
};

std::string subject_of(const crypto::Keyring& keyring, const Tries& tries) {
  return keyring.lookup(tries.subject, "attempt." + tries.what);
}

// Counts a try of each, committed whatever comes after; false when one is over its limit.
Result<bool> count_tries(host::Services& services, const std::vector<Tries>& all,
                         time::Instant now) {
  return services.database.transact([&](db::Tx& tx) -> Result<bool> {
    bool within = true;
    for (const Tries& tries : all) {
      const int64_t count =
          store::count_attempt(tx, subject_of(services.keyring, tries), tries.limit.window, now);
      within = within && count <= tries.limit.count;
    }
    return within;
  });
}

Begun begin(db::Tx& tx, host::Services& services, Account account, std::string_view how,
            time::Instant now) {
  const Lifetime lifetime = lifetime_of(account.kind);
  std::string token = crypto::random_token();
  store::insert_session(
      tx, {token_hash(token), account.id, "", 0, now, now + lifetime.idle, now + lifetime.whole});
  host::Actor actor;
  actor.account_id = account.id;
  json::Value detail;
  detail.set("by", how);
  audit(tx, services, actor, "session.begun", account.id, account.place, detail, now);
  return {std::move(token), std::move(account), lifetime.whole};
}

// A hash to compare with when there is no account, so that both answers take the same time.
const std::string& nobody() {
  static const std::string hash = crypto::hash_password(crypto::random_token());
  return hash;
}

// False without a hash, after the same time as with one. Refuses `sign_in.busy`.
Result<bool> verify(const std::optional<std::string>& hash, std::string_view password) {
  const HashingSlot slot;
  if (!slot.taken()) return refuse(ErrorKind::busy, "sign_in.busy");
  const bool right = crypto::verify_password(hash.value_or(nobody()), password);
  return right && hash.has_value();
}

Done check_home(db::Tx& tx, host::Services& services, Code place) {
  const Code region = TRY(Code::parse(services.settings.region));
  if (!region.contains(place)) return refuse(ErrorKind::invalid, "place.outside", place.text());
  if (place == region) return {};
  return places::require_active(tx, place);
}

std::string code_hash(const crypto::Keyring& keyring, std::string_view phone,
                      std::string_view code) {
  return keyring.sign(std::string(phone) + " " + std::string(code), "one_time_code");
}

}  // namespace

Result<std::string> hash_password(std::string_view password, std::string_view name) {
  TRY(check_password(password, name));
  const HashingSlot slot;
  if (!slot.taken()) return refuse(ErrorKind::busy, "sign_in.busy");
  return crypto::hash_password(password);
}

std::string token_hash(std::string_view token) {
  return text::hex(crypto::sha256(token));
}

std::string csrf_token(const crypto::Keyring& keyring, std::string_view token_hash) {
  return keyring.sign(token_hash, "csrf").substr(0, 32);
}

Result<Begun> sign_in(host::Services& services, std::string_view name, std::string_view password,
                      std::string_view peer, time::Instant now) {
  const std::string folded = check_name(name).value_or("");
  const Tries by_name{"sign_in.name", folded, kSignInByName};
  if (!TRY(count_tries(services, {by_name, {"sign_in.peer", peer, kSignInByPeer}}, now))) {
    return refuse(ErrorKind::busy, "sign_in.too_many_tries");
  }
  struct Known {
    std::optional<Account> account;
    std::optional<std::string> hash;
  };
  const Known known = TRY(services.database.read([&](db::Tx& tx) -> Result<Known> {
    Known found{store::load_by_name(tx, services.keyring, folded), std::nullopt};
    if (found.account) found.hash = store::password_hash(tx, found.account->id);
    return found;
  }));
  const bool right = TRY(verify(known.hash, password));
  if (!right || known.account->status != Status::active) {
    return refuse(ErrorKind::unauthenticated, "sign_in.wrong");
  }
  return services.database.transact([&](db::Tx& tx) -> Result<Begun> {
    store::forget_attempts(tx, subject_of(services.keyring, by_name));
    return begin(tx, services, *known.account, "password", now);
  });
}

Done check_own_password(host::Services& services, const host::Actor& actor,
                        std::string_view password, time::Instant now) {
  const Tries tries{"sign_in.own", actor.account_id, kSignInByName};
  if (!TRY(count_tries(services, {tries}, now))) {
    return refuse(ErrorKind::busy, "sign_in.too_many_tries");
  }
  const auto hash =
      TRY(services.database.read([&](db::Tx& tx) -> Result<std::optional<std::string>> {
        return store::password_hash(tx, actor.account_id);
      }));
  if (!TRY(verify(hash, password))) return refuse(ErrorKind::forbidden, "password.wrong");
  return {};
}

void sign_out(host::Services& services, const host::Actor& actor) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    store::delete_session(tx, actor.session_id);
    return {};
  }));
}

Done send_code(host::Services& services, std::string_view phone, std::string_view language,
               std::string_view peer, time::Instant now) {
  const std::string digits = TRY(check_phone(phone));
  const bool within = TRY(count_tries(services,
                                      {{"code.soon", digits, kCodeByPhoneSoon},
                                       {"code.phone", digits, kCodeByPhone},
                                       {"code.peer", peer, kCodeByPeer}},
                                      now));
  if (!within) return refuse(ErrorKind::busy, "code.too_many");
  const std::string code = crypto::random_digits(kCodeDigits);
  return services.database.transact([&](db::Tx& tx) -> Done {
    store::put_code(tx, services.keyring.lookup(digits, "account.phone"),
                    code_hash(services.keyring, digits, code), now, now + kCodeTime);
    send(tx, services, {digits, std::string(language), "message.code", {{"code", code}}}, now);
    return {};
  });
}

Result<Begun> sign_in_resident(host::Services& services, std::string_view phone,
                               std::string_view code, const Newcomer& newcomer, time::Instant now) {
  const std::string digits = TRY(check_phone(phone));
  const std::string lookup = services.keyring.lookup(digits, "account.phone");
  const auto expected =
      TRY(services.database.transact([&](db::Tx& tx) -> Result<std::optional<std::string>> {
        return store::try_code(tx, lookup, kCodeTries, now);
      }));
  if (!expected || !crypto::equal(*expected, code_hash(services.keyring, digits, code))) {
    return refuse(ErrorKind::unauthenticated, "code.wrong");
  }
  return services.database.transact([&](db::Tx& tx) -> Result<Begun> {
    if (!store::delete_code(tx, lookup, *expected)) {
      return refuse(ErrorKind::unauthenticated, "code.wrong");
    }
    const bool known = store::load_by_phone(tx, services.keyring, digits).has_value();
    if (!known) TRY(check_home(tx, services, newcomer.place));
    host::Actor self;
    self.name = "resident";
    Account account = TRY(resident(tx, services, self, digits, newcomer.name, newcomer.place, now));
    if (!known) {
      account.language = newcomer.language;
      account.elder_view = newcomer.elder_view;
      TRY(store::update(tx, account));
      ++account.version;
    }
    if (account.status != Status::active) {
      return refuse(ErrorKind::unauthenticated, "code.wrong", "disabled");
    }
    return begin(tx, services, std::move(account), "code", now);
  });
}

Done act_for(db::Tx& tx, host::Services& services, const host::Actor& actor,
             const Account& resident, std::string_view reason, time::Instant now) {
  if (resident.kind != Kind::resident || resident.status != Status::active) {
    return refuse(ErrorKind::invalid, "acts_for.not_resident", resident.id);
  }
  if (!host::may(actor, "account.act_for", resident.place)) {
    return refuse(ErrorKind::forbidden, "access.denied", resident.place.text());
  }
  store::set_acts_for(tx, actor.session_id, resident.id, now + kActsForTime);
  json::Value detail;
  detail.set("reason", reason);
  audit(tx, services, actor, "acts_for.begun", resident.id, resident.place, detail, now);
  return {};
}

void stop_acting(db::Tx& tx, host::Services& services, const host::Actor& actor, Code place,
                 time::Instant now) {
  store::set_acts_for(tx, actor.session_id, "", 0);
  if (actor.acts_for.empty()) return;
  audit(tx, services, actor, "acts_for.ended", actor.acts_for, place, {}, now);
}

}  // namespace linli::accounts
