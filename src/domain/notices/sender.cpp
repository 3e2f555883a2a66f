#include "domain/notices/sender.h"

#include <fstream>
#include <sstream>

#include "core/json.h"
#include "domain/notices/command.h"
#include "net/client.h"

namespace linli::notices {

namespace {

constexpr int64_t kTimeoutMs = 10'000;

std::string body_of(const accounts::Outgoing& message) {
  json::Writer out;
  out.begin_object();
  out.member("id", message.id);
  out.member("to", message.phone);
  out.member("text", message.text);
  out.end_object();
  return out.take();
}

// The demo's: whoever looks at the outbox has received it.
class ScreenSender final : public Sender {
 public:
  Done deliver(const accounts::Outgoing&) override { return {}; }
};

class HttpSender final : public Sender {
 public:
  HttpSender(std::string url, const std::string& token, bool private_addresses) {
    call_.method = "POST";
    call_.url = std::move(url);
    call_.headers = {{"content-type", "application/json"}};
    if (!token.empty()) call_.headers.emplace_back("authorization", "Bearer " + token);
    call_.timeout_ms = kTimeoutMs;
    call_.allow_private = private_addresses;
  }

  Done deliver(const accounts::Outgoing& message) override {
    call_.body = body_of(message);
    const Result<net::Response> answer = net::send(call_);
    if (!answer) return refuse(ErrorKind::busy, "sender.failed", answer.error().code);
    if (answer->status < 200 || answer->status > 299) {
      return refuse(ErrorKind::busy, "sender.failed", "status " + std::to_string(answer->status));
    }
    return {};
  }

 private:
  net::Call call_;
};

class CommandSender final : public Sender {
 public:
  explicit CommandSender(std::string program) : program_(std::move(program)) {}

  Done deliver(const accounts::Outgoing& message) override {
    const int code = run_command(program_, body_of(message), kTimeoutMs);
    if (code == 0) return {};
    return refuse(ErrorKind::busy, "sender.failed", "exit code " + std::to_string(code));
  }

 private:
  std::string program_;
};

Result<std::unique_ptr<Sender>> make_sender(const json::Value& settings, bool private_addresses) {
  const std::string kind = settings.text("kind");
  if (kind == "http" && !settings.text("url").empty()) {
    return std::make_unique<HttpSender>(settings.text("url"), settings.text("token"),
                                        private_addresses);
  }
  if (kind == "command" && settings.text("program").starts_with('/')) {
    return std::make_unique<CommandSender>(settings.text("program"));
  }
  return refuse(ErrorKind::invalid, "sender.bad_settings", "kind must be http or command");
}

}  // namespace

Result<Outward> read_outward(const host::Settings& settings) {
  Outward outward;
  std::ifstream file(settings.data_folder + "/outgoing.json");
  if (file) {
    std::stringstream content;
    content << file.rdbuf();
    const Result<json::Value> read = json::parse(content.str());
    if (!read) return refuse(ErrorKind::invalid, "sender.bad_settings", read.error().detail);
    outward.private_addresses = read->flag("private_addresses");
    if (const json::Value* sender = read->find("sender")) {
      outward.sender = TRY(make_sender(*sender, outward.private_addresses));
    }
  }
  if (!outward.sender && settings.demo) outward.sender = std::make_unique<ScreenSender>();
  return outward;
}

}  // namespace linli::notices
