#include <algorithm>
#include <array>

#include "core/text.h"
#include "domain/accounts/api.h"
#include "domain/accounts/rules.h"
#include "domain/accounts/session.h"
#include "domain/accounts/store.h"

namespace linli::accounts {

namespace {

constexpr std::string_view kBearer = "bearer ";
// Used sessions live on; the new end is written at most this often.
constexpr time::Instant kProlongEvery = 5 * time::kMinute;

// Whoever signs in is nobody yet, whatever cookie is left from before.
bool signs_in(std::string_view path) {
  static constexpr std::array<std::string_view, 3> kPaths = {
      "/api/v1/sign-in", "/api/v1/residents/code", "/api/v1/residents/sign-in"};
  return std::find(kPaths.begin(), kPaths.end(), path) != kPaths.end();
}

bool is_unsafe(std::string_view method) {
  return method != "GET" && method != "HEAD";
}

host::Actor actor_of(const pack::Content& content, const Account& account) {
  host::Actor actor;
  actor.account_id = account.id;
  actor.name = account.display_name;
  actor.person_id = account.person_id;
  actor.unit = account.unit;
  actor.grants = grants_of(content, account.grants);
  return actor;
}

Result<host::Actor> identify_key(host::Services& services, std::string_view key) {
  return services.database.read([&](db::Tx& tx) -> Result<host::Actor> {
    const auto account = store::load_by_key(tx, services.keyring, text::hex(crypto::sha256(key)));
    if (!account) return refuse(ErrorKind::unauthenticated, "access.bad_key");
    host::Actor actor = actor_of(*services.content, *account);
    actor.channel = "api";
    return actor;
  });
}

}  // namespace

Result<host::Actor> identify(host::Services& services, const net::Request& request,
                             time::Instant now) {
  if (signs_in(request.path)) return host::Actor();
  const std::string_view authorization = request.header("authorization");
  if (text::starts_with_ignoring_case(authorization, kBearer)) {
    return identify_key(services, authorization.substr(kBearer.size()));
  }
  const auto token = request.cookie(kCookie);
  if (!token) return host::Actor();
  const std::string hash = token_hash(*token);
  const auto found =
      MUST(services.database.read([&](db::Tx& tx) -> Result<std::optional<store::LiveSession>> {
        return store::live_session(tx, services.keyring, hash, now);
      }));
  if (!found) return host::Actor();
  if (is_unsafe(request.method) &&
      !crypto::equal(request.header("x-csrf-token"), csrf_token(services.keyring, hash))) {
    return refuse(ErrorKind::forbidden, "access.csrf");
  }
  const time::Instant idle_until = now + lifetime_of(found->account.kind).idle;
  if (idle_until - found->session.idle_until > kProlongEvery) {
    TRY(services.database.transact([&](db::Tx& tx) -> Done {
      store::prolong_session(tx, hash, idle_until);
      return {};
    }));
  }
  host::Actor actor = actor_of(*services.content, found->account);
  actor.session_id = hash;
  if (!found->session.acts_for.empty() && found->session.acts_until > now) {
    actor.acts_for = found->session.acts_for;
    actor.channel = "counter";
  }
  return actor;
}

}  // namespace linli::accounts
