// Time limits, full queues and stopping. Nothing sleeps: a test waits for the server's own event.
#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <poll.h>

#include "core/json.h"
#include "net/server.h"
#include "net/testing.h"

namespace linli::net {

namespace {

using testing::body_of;
using testing::Client;
using testing::get;

constexpr int64_t kShort = 60;

std::unique_ptr<Server> serve(Handler handle, ServerOptions options = {}) {
  options.access_log = false;
  return MUST(Server::start(options, std::move(handle)));
}

Response hello(const Request&) {
  return Response{.body = "hello"};
}

bool starts(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

// "408 net.too_slow"
std::string refusal_in(const std::string& answer) {
  const json::Value problem = MUST(json::parse(body_of(answer)));
  return std::to_string(problem.integer("status")) + " " + problem.text("code");
}

// A handler that stays until it is released, and tells when it began.
struct Gate {
  std::promise<void> entered;
  std::promise<void> released;
  std::shared_future<void> open = released.get_future().share();
  std::atomic<int> calls = 0;

  Response operator()(const Request&) {
    if (calls++ == 0) entered.set_value();
    open.wait();
    return Response{.body = "through"};
  }
};

TEST(Limits, ASilentConnectionIsClosedWithoutAWord) {
  const auto server = serve(hello, {.idle_timeout_ms = kShort});
  EXPECT_EQ(Client(server->port()).rest(), "");
}

TEST(Limits, AConnectionKeptAliveIsClosedWhenIdle) {
  const auto server = serve(hello, {.idle_timeout_ms = kShort});
  Client client(server->port());
  client.send(get("/"));
  EXPECT_EQ(body_of(client.answer()), "hello");
  EXPECT_EQ(client.rest(), "");
}

TEST(Limits, AHalfSentHeaderIsAnswered408) {
  const auto server = serve(hello, {.header_timeout_ms = kShort});
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\nHo");
  EXPECT_EQ(refusal_in(client.rest()), "408 net.too_slow");
}

// Bytes that keep coming do not buy time.
TEST(Limits, AHeaderThatDripsIsAnswered408) {
  const auto server = serve(hello, {.header_timeout_ms = kShort});
  Client client(server->port());
  client.send("GET / HTTP/1.1\r\nX: ");
  pollfd readable{client.socket(), POLLIN, 0};
  int drops = 0;
  while (::poll(&readable, 1, 10) == 0 && ++drops < 1000) client.send("a");
  EXPECT_EQ(refusal_in(client.rest()), "408 net.too_slow");
}

TEST(Limits, AHalfSentBodyIsAnswered408) {
  const auto server = serve(hello, {.body_timeout_ms = kShort});
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
  EXPECT_EQ(refusal_in(client.rest()), "408 net.too_slow");
}

TEST(Limits, AClientThatTakesNothingIsLetGo) {
  const auto server =
      serve([](const Request&) { return Response{.body = std::string(30'000'000, 'x')}; },
            {.idle_timeout_ms = kShort});
  Client client(server->port());
  client.send(get("/"));
  pollfd gone{client.socket(), POLLRDHUP, 0};
  EXPECT_EQ(::poll(&gone, 1, 10'000), 1);
}

TEST(Limits, LargeHeaderAndBodyAreRefused) {
  const auto server = serve(hello, {.max_header_bytes = 1000, .max_body_bytes = 1000});
  Client header(server->port());
  header.send(get("/", "X: " + std::string(1000, 'a') + "\r\n"));
  EXPECT_EQ(refusal_in(header.rest()), "431 net.header_too_large");
  Client body(server->port());
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n" + std::string(1001, 'a'));
  EXPECT_EQ(refusal_in(body.rest()), "413 net.body_too_large");
}

TEST(Limits, SlowClientsDoNotKeepOthersWaiting) {
  const auto server = serve(hello, {.workers = 1});
  std::vector<Client> slow;
  for (int i = 0; i < 100; ++i) {
    slow.emplace_back(server->port());
    if (i % 2 == 0) slow.back().send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nha");
  }
  Client quick(server->port());
  quick.send(get("/"));
  EXPECT_EQ(body_of(quick.answer()), "hello");
}

TEST(Limits, ConnectionsBeyondTheLimitAreClosed) {
  const auto server = serve(hello, {.max_connections = 1});
  Client first(server->port());
  first.send(get("/"));
  EXPECT_EQ(body_of(first.answer()), "hello");
  EXPECT_EQ(Client(server->port()).rest(), "");
  first.send(get("/"));
  EXPECT_EQ(body_of(first.answer()), "hello");
}

TEST(Limits, AFullQueueIsAnswered503AndTheConnectionLives) {
  Gate gate;
  const auto server = serve(std::ref(gate), {.workers = 1, .max_waiting = 1});
  Client running(server->port());
  running.send(get("/"));
  gate.entered.get_future().wait();
  Client one(server->port());
  Client two(server->port());
  one.send(get("/"));
  two.send(get("/"));
  pollfd both[] = {{one.socket(), POLLIN, 0}, {two.socket(), POLLIN, 0}};
  ASSERT_EQ(::poll(both, 2, 10'000), 1);
  Client& refused = both[0].revents != 0 ? one : two;
  Client& waiting = both[0].revents != 0 ? two : one;
  const std::string busy = refused.answer();
  EXPECT_TRUE(starts(busy, "HTTP/1.1 503"));
  EXPECT_EQ(refusal_in(busy), "503 net.busy");
  EXPECT_NE(busy.find("retry-after:"), std::string::npos);
  gate.released.set_value();
  EXPECT_EQ(body_of(running.answer()), "through");
  EXPECT_EQ(body_of(waiting.answer()), "through");
  refused.send(get("/"));
  EXPECT_EQ(body_of(refused.answer()), "through");
}

TEST(Stop, RunningRequestsEndAndIdleConnectionsClose) {
  Gate gate;
  const auto server = serve(std::ref(gate), {});
  Client idle(server->port());
  Client running(server->port());
  running.send(get("/"));
  gate.entered.get_future().wait();
  std::thread stopping([&] { server->stop(30'000); });
  EXPECT_EQ(idle.rest(), "");
  EXPECT_FALSE(Client(server->port()).connected());
  gate.released.set_value();
  const std::string answer = running.rest();
  EXPECT_EQ(body_of(answer), "through");
  running.close();
  stopping.join();
}

TEST(Stop, WhatOutlivesTheGraceIsCut) {
  Gate gate;
  const auto server = serve(std::ref(gate), {});
  Client running(server->port());
  running.send(get("/"));
  gate.entered.get_future().wait();
  std::thread stopping([&] { server->stop(kShort); });
  EXPECT_EQ(running.rest(), "");
  gate.released.set_value();
  stopping.join();
}

}  // namespace

}  // namespace linli::net
