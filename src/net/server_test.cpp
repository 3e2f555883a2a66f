#include "net/server.h"

#include <future>
#include <latch>

#include <gtest/gtest.h>
#include <poll.h>

#include "core/log.h"
#include "net/client.h"
#include "net/testing.h"

namespace linli::net {

namespace {

using testing::body_of;
using testing::Client;
using testing::get;

std::unique_ptr<Server> serve(Handler handle, ServerOptions options = {}) {
  options.access_log = false;
  return MUST(Server::start(options, std::move(handle)));
}

Response echo(const Request& request) {
  Response response{.body = request.method + " " + request.path + " " + request.body};
  response.headers.emplace_back("content-type", "text/plain");
  return response;
}

bool starts(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

TEST(Server, AnswersOverAndOverOnOneConnection) {
  const auto server = serve(echo);
  Client client(server->port());
  for (const auto* path : {"/a", "/b", "/c"}) {
    client.send(get(path));
    EXPECT_EQ(body_of(client.answer()), "GET " + std::string(path) + " ");
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  const auto server = serve(echo);
  Client client(server->port());
  client.send(get("/a") + "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi" + get("/c"));
  EXPECT_EQ(body_of(client.answer()), "GET /a ");
  EXPECT_EQ(body_of(client.answer()), "POST /b hi");
  EXPECT_EQ(body_of(client.answer()), "GET /c ");
}

TEST(Server, NothingAfterABadRequestIsAnswered) {
  const auto server = serve(echo);
  for (const auto& one : testing::read_wire_cases(LINLI_SOURCE_DIR "/tests/api/smuggling.txt")) {
    if (one.status == 0) continue;
    SCOPED_TRACE(one.title);
    Client client(server->port());
    client.send(one.bytes + get("/smuggled"));
    const std::string all = client.rest();
    EXPECT_TRUE(starts(all, "HTTP/1.1 " + std::to_string(one.status))) << all;
    EXPECT_EQ(all.find("smuggled"), std::string::npos);
  }
}

TEST(Server, HeadHasTheLengthAndNoBody) {
  const auto server = serve(echo);
  Client client(server->port());
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = client.rest();
  EXPECT_NE(all.find("content-length: 8\r\n"), std::string::npos);
  EXPECT_EQ(body_of(all), "");
}

TEST(Server, TellsTheClientToContinue) {
  const auto server = serve(echo);
  Client client(server->port());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("hi");
  EXPECT_EQ(body_of(client.answer()), "POST / hi");
}

TEST(Server, SendsALargeBodyWhole) {
  const std::string large(3'000'000, 'x');
  const auto server = serve([&](const Request&) { return Response{.body = large}; });
  Client client(server->port());
  client.send(get("/"));
  EXPECT_EQ(body_of(client.answer()), large);
}

TEST(Server, AnswersAFaultWithoutItsReason) {
  log::set_threshold(log::Severity::error);
  const auto server =
      serve([](const Request&) -> Response { throw std::runtime_error("the secret"); });
  Client client(server->port());
  client.send(get("/"));
  const std::string answer = client.answer();
  EXPECT_TRUE(starts(answer, "HTTP/1.1 500"));
  EXPECT_NE(answer.find("\"server.fault\""), std::string::npos);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

// Where somebody stands, what they look for: the log has neither, whatever becomes of the request.
TEST(Server, TheAccessLogKeepsNoQuery) {
  log::set_threshold(log::Severity::debug);
  ::testing::internal::CaptureStderr();
  {
    ServerOptions options;
    options.access_log = true;
    const auto server = MUST(Server::start(options, [](const Request& request) -> Response {
      if (request.path == "/broken") throw std::runtime_error("broken");
      Response response{.status = request.path == "/missing" ? 404 : 200, .body = "here"};
      response.route = "/reach";
      return response;
    }));
    const std::string position = "?lon=106.661234&lat=35.543215&minutes=15";
    for (const char* path : {"/reach", "/missing", "/broken"}) {
      Client client(server->port());
      client.send(get(path + position));
      client.answer();
    }
    // Cut before it is answered, and not even a request.
    Client cut(server->port());
    cut.send("GET /reach" + position);
    cut.close();
    Client wrong(server->port());
    wrong.send("GET /reach" + position + " HTTP/1.1\r\nHost x\r\n\r\n");
    wrong.rest();
  }
  const std::string written = ::testing::internal::GetCapturedStderr();
  log::set_threshold(log::Severity::error);
  EXPECT_NE(written.find("http.request"), std::string::npos) << written;
  EXPECT_NE(written.find("/reach"), std::string::npos) << written;
  for (const char* secret : {"106.661234", "35.543215", "lon=", "minutes"}) {
    EXPECT_EQ(written.find(secret), std::string::npos) << written;
  }
}

TEST(Server, RefusesToSplitAnAnswer) {
  const auto server = serve(
      [](const Request& request) { return redirect("/" + std::string(request.parameter("to"))); });
  Client client(server->port());
  client.send(get("/?to=%0d%0aset-cookie:x"));
  const std::string answer = client.answer();
  EXPECT_TRUE(starts(answer, "HTTP/1.1 500"));
  EXPECT_EQ(answer.find("set-cookie"), std::string::npos);
}

TEST(Server, BelievesTheProxyOnlyWhenTold) {
  const auto peer = [](const Request& request) {
    return Response{.body = request.peer + (request.secure ? " secure" : " plain")};
  };
  const std::string request =
      get("/", "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\nX-Forwarded-Proto: https\r\n");
  const auto alone = serve(peer);
  Client direct(alone->port());
  direct.send(request);
  EXPECT_EQ(body_of(direct.answer()), "127.0.0.1 plain");
  const auto behind = serve(peer, {.trust_proxy = true});
  Client through(behind->port());
  through.send(request);
  EXPECT_EQ(body_of(through.answer()), "9.9.9.9 secure");
}

TEST(Server, APortInUseIsRefused) {
  const auto server = serve(echo);
  const auto second = Server::start({.port = server->port()}, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "net.port_in_use");
}

TEST(Server, AnAddressThatIsNotOursIsRefused) {
  for (const auto* address : {"community", "192.0.2.1"}) {
    const auto server = Server::start({.address = address}, echo);
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().code, "net.cannot_listen") << address;
  }
}

TEST(Server, StreamsEventsUntilOneSideLetsGo) {
  std::promise<std::shared_ptr<Events>> opened;
  const auto server = serve([&](const Request&) {
    return Response{.events = [&](std::shared_ptr<Events> events) {
      events->send("case", "first\nline", "1");
      opened.set_value(std::move(events));
    }};
  });
  Client client(server->port());
  client.send(get("/events"));
  EXPECT_NE(client.read_until("\r\n\r\n").find("text/event-stream"), std::string::npos);
  EXPECT_EQ(client.read_until("\n\n"), "id: 1\nevent: case\ndata: first\ndata: line\n\n");
  auto events = opened.get_future().get();
  EXPECT_TRUE(events->send("", "more", ""));
  EXPECT_EQ(client.read_until("\n\n"), "data: more\n\n");
  events->send("", "last", "");
  events.reset();
  EXPECT_EQ(client.rest(), "data: last\n\n");
}

TEST(Server, TellsTheSenderThatTheEventReaderHasGone) {
  std::promise<std::shared_ptr<Events>> opened;
  const auto server = serve([&](const Request&) {
    return Response{.events = [&](auto events) { opened.set_value(std::move(events)); }};
  });
  Client client(server->port());
  client.send(get("/events"));
  const auto events = opened.get_future().get();
  client.close();
  const std::string data(10'000, 'x');
  while (events->send("", data, "")) {
  }
  EXPECT_FALSE(events->send("", "x", ""));
}

TEST(Server, EventsOutliveTheServer) {
  std::promise<std::shared_ptr<Events>> opened;
  auto server = serve([&](const Request&) {
    return Response{.events = [&](auto events) { opened.set_value(std::move(events)); }};
  });
  Client client(server->port());
  client.send(get("/events"));
  const auto events = opened.get_future().get();
  server.reset();
  EXPECT_FALSE(events->send("", "x", ""));
}

TEST(Server, IsCalledByOurOwnClient) {
  const auto server = serve([](const Request& request) {
    Response response = json_response(201, request.body + std::string(request.header("x-a")));
    return response;
  });
  const std::string url = "http://127.0.0.1:" + std::to_string(server->port()) + "/hook";
  const auto refused = send({.method = "POST", .url = url});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "net.address_not_allowed");
  Call call{.method = "POST", .url = url, .headers = {{"x-a", "b"}}, .body = "a"};
  call.allow_private = true;
  const auto answer = send(call);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "ab");
  EXPECT_EQ(Request{.headers = answer->headers}.header("content-type"), "application/json");
  call.max_bytes = 1;
  EXPECT_EQ(send(call).error().code, "net.answer_too_large");
  call.url = "file:///etc/passwd";
  EXPECT_EQ(send(call).error().code, "net.bad_url");
}

TEST(Server, WhoCallsOneThatIsAwayOrSilentIsTold) {
  std::promise<void> released;
  const auto silent = serve([open = released.get_future().share()](const Request&) {
    open.wait();
    return Response{};
  });
  Call call{.method = "GET",
            .url = "http://127.0.0.1:" + std::to_string(silent->port()) + "/",
            .timeout_ms = 50,
            .allow_private = true};
  EXPECT_EQ(send(call).error().code, "net.call_timeout");
  released.set_value();
  call.url = "http://127.0.0.1:1/";
  call.timeout_ms = 10'000;
  EXPECT_EQ(send(call).error().code, "net.unreachable");
}

}  // namespace

}  // namespace linli::net
