#include "net/client.h"

#include <array>
#include <cstring>
#include <memory>
#include <mutex>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/text.h"

namespace linli::net {

namespace {

struct Block {
  uint32_t first;
  int bits;
};
// IANA's special-purpose registry: what is not globally reachable, and multicast.
constexpr std::array<Block, 15> kNotPublic = {{{0x00000000, 8},
                                               {0x0a000000, 8},
                                               {0x64400000, 10},
                                               {0x7f000000, 8},
                                               {0xa9fe0000, 16},
                                               {0xac100000, 12},
                                               {0xc0000000, 24},
                                               {0xc0000200, 24},
                                               {0xc0586300, 24},
                                               {0xc0a80000, 16},
                                               {0xc6120000, 15},
                                               {0xc6336400, 24},
                                               {0xcb007100, 24},
                                               {0xe0000000, 4},
                                               {0xf0000000, 4}}};

bool is_public(const in_addr& address) {
  const uint32_t number = ntohl(address.s_addr);
  for (const auto& block : kNotPublic)
    if ((number >> (32 - block.bits)) == (block.first >> (32 - block.bits))) return false;
  return true;
}

// Only 2000::/3 is given out; in it 2001:db8::/32 is for examples, Teredo (2001::/32) and 6to4
// (2002::/16) carry other addresses inside.
bool is_public(const in6_addr& address) {
  const auto* byte = address.s6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    in_addr inner{};
    std::memcpy(&inner, byte + 12, 4);
    return is_public(inner);
  }
  if ((byte[0] & 0xe0) != 0x20) return false;
  if (byte[0] == 0x20 && byte[1] == 0x02) return false;
  if (byte[0] == 0x20 && byte[1] == 0x01 && byte[2] == 0 && byte[3] == 0) return false;
  return !(byte[0] == 0x20 && byte[1] == 0x01 && byte[2] == 0x0d && byte[3] == 0xb8);
}

struct Transfer {
  const Call& call;
  Response answer = {};
  bool address_refused = false;
  bool too_large = false;
};

size_t take_body(char* data, size_t, size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (transfer.answer.body.size() + count > transfer.call.max_bytes) {
    transfer.too_large = true;
    return 0;
  }
  transfer.answer.body.append(data, count);
  return count;
}

size_t take_header(char* data, size_t, size_t count, void* context) {
  constexpr size_t kMaxHeaders = 200;
  auto& headers = static_cast<Transfer*>(context)->answer.headers;
  const std::string_view line(data, count);
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  if (headers.size() >= kMaxHeaders) return 0;
  std::string name(line.substr(0, colon));
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  headers.emplace_back(std::move(name), text::trim(line.substr(colon + 1)));
  return count;
}

// Called with the address that the name resolved to, just before connecting: no time is left to
// resolve to another one.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(context);
  bool allowed = transfer.call.allow_private;
  if (!allowed && address->family == AF_INET)
    allowed = is_public(reinterpret_cast<const sockaddr_in*>(&address->addr)->sin_addr);
  if (!allowed && address->family == AF_INET6)
    allowed = is_public(reinterpret_cast<const sockaddr_in6*>(&address->addr)->sin6_addr);
  if (!allowed) {
    transfer.address_refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Refusal refusal_of(CURLcode code, const Transfer& transfer) {
  const std::string why = curl_easy_strerror(code);
  if (transfer.address_refused) return {ErrorKind::forbidden, "net.address_not_allowed", why, {}};
  if (transfer.too_large) return {ErrorKind::too_large, "net.answer_too_large", why, {}};
  if (code == CURLE_OPERATION_TIMEDOUT) return {ErrorKind::busy, "net.call_timeout", why, {}};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return {ErrorKind::invalid, "net.bad_url", why, {}};
  return {ErrorKind::busy, "net.unreachable", why, {}};
}

}  // namespace

Result<Response> send(const Call& call) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   &curl_easy_cleanup);
  curl_slist* list = nullptr;
  for (const auto& [name, value] : call.headers)
    list = curl_slist_append(list, (name + ": " + value).c_str());
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(list,
                                                                            &curl_slist_free_all);
  Transfer transfer{.call = call};
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(call.timeout_ms));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "linli");
  if (call.method == "HEAD") {
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  } else {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
  }
  if (!call.body.empty() || call.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call.body.data());
  }
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) return refuse(refusal_of(code, transfer));
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<int>(status);
  return std::move(transfer.answer);
}

bool is_public_address(std::string_view address) {
  const std::string text(address);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return is_public(v4);
  in6_addr v6{};
  return inet_pton(AF_INET6, text.c_str(), &v6) == 1 && is_public(v6);
}

}  // namespace linli::net
