#include "net/request_reader.h"

#include <set>

#include <gtest/gtest.h>

#include "net/testing.h"

namespace linli::net {

namespace {

using State = RequestReader::State;

const std::string kTable = LINLI_SOURCE_DIR "/tests/api/smuggling.txt";

std::string meaning(const Request& request) {
  return request.method + " " + request.path + " " + (request.body.empty() ? "-" : request.body);
}

TEST(RequestReader, UnderstandsTheTableAsWritten) {
  const auto cases = testing::read_wire_cases(kTable);
  ASSERT_GT(cases.size(), 60U);
  std::set<std::string> codes;
  for (const auto& one : cases) {
    SCOPED_TRACE(one.title);
    RequestReader reader({});
    std::string bytes = one.bytes;
    const State state = reader.take(bytes);
    if (one.status == 0) {
      EXPECT_EQ(state, State::done) << reader.refusal().detail;
      EXPECT_EQ(meaning(reader.request()), one.meaning);
      EXPECT_EQ(bytes, "");
    } else {
      EXPECT_EQ(state, State::bad);
      EXPECT_EQ(reader.status(), one.status);
      codes.insert(reader.refusal().code);
      EXPECT_FALSE(reader.keep_alive());
    }
  }
  EXPECT_EQ(codes, (std::set<std::string>{"net.bad_request", "net.bad_target",
                                          "net.unknown_expectation"}));
}

// However the network cuts the bytes, they mean the same.
TEST(RequestReader, ReadsTheSameByteByByte) {
  for (const auto& one : testing::read_wire_cases(kTable)) {
    SCOPED_TRACE(one.title);
    RequestReader reader({});
    std::string bytes;
    for (const char c : one.bytes) {
      bytes += c;
      if (reader.take(bytes) == State::bad || reader.state() == State::done) break;
    }
    EXPECT_EQ(reader.state(), one.status == 0 ? State::done : State::bad);
    EXPECT_EQ(one.status == 0 ? meaning(reader.request()) : "", one.meaning);
  }
}

TEST(RequestReader, LeavesThePipelinedRequestAlone) {
  const std::string second = testing::get("/b");
  std::string bytes = testing::get("/a") + second;
  RequestReader reader({});
  EXPECT_EQ(reader.take(bytes), State::done);
  EXPECT_EQ(reader.request().path, "/a");
  EXPECT_EQ(bytes, second);
}

TEST(RequestReader, KeepsHeadersAndDropsTrailers) {
  std::string bytes =
      "POST /a HTTP/1.1\r\nHost: x\r\nX-Kept:  a b \r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n";
  RequestReader reader({});
  EXPECT_EQ(reader.take(bytes), State::done);
  EXPECT_EQ(reader.request().header("x-kept"), "a b");
  EXPECT_EQ(reader.request().header("x-forwarded-for"), "");
}

TEST(RequestReader, HeaderBeyondTheLimitIsRefusedBeforeItEnds) {
  RequestReader reader({.header_bytes = 100});
  std::string bytes = "GET / HTTP/1.1\r\nX: " + std::string(100, 'a');
  EXPECT_EQ(reader.take(bytes), State::bad);
  EXPECT_EQ(reader.status(), 431);
  EXPECT_EQ(reader.refusal().code, "net.header_too_large");
}

TEST(RequestReader, BodyBeyondTheLimitIsRefusedByItsLengthAlone) {
  RequestReader reader({.body_bytes = 10});
  std::string bytes = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n";
  EXPECT_EQ(reader.take(bytes), State::bad);
  EXPECT_EQ(reader.status(), 413);
  EXPECT_EQ(reader.refusal().code, "net.body_too_large");
}

TEST(RequestReader, AnExpectationThatNobodyKnowsIsRefused) {
  RequestReader reader({});
  std::string bytes = "POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 2\r\n\r\nhi";
  EXPECT_EQ(reader.take(bytes), State::bad);
  EXPECT_EQ(reader.status(), 417);
  EXPECT_EQ(reader.refusal().code, "net.unknown_expectation");
}

TEST(RequestReader, ChunksBeyondTheLimitAreRefused) {
  RequestReader reader({.body_bytes = 10});
  std::string bytes =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n";
  EXPECT_EQ(reader.take(bytes), State::bad);
  EXPECT_EQ(reader.status(), 413);
  EXPECT_EQ(reader.refusal().code, "net.body_too_large");
}

TEST(RequestReader, EndlessChunkExtensionIsRefused) {
  RequestReader reader({});
  std::string bytes = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;";
  bytes += std::string(100'000, 'a');
  EXPECT_EQ(reader.take(bytes), State::bad);
}

TEST(RequestReader, AsksToContinueOnlyWhenTheBodyIsStillToCome) {
  const std::string head =
      "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  RequestReader waiting({});
  std::string bytes = head;
  EXPECT_EQ(waiting.take(bytes), State::body);
  EXPECT_TRUE(waiting.expects_continue());
  RequestReader whole({});
  bytes = head + "hi";
  EXPECT_EQ(whole.take(bytes), State::done);
  EXPECT_FALSE(whole.expects_continue());
}

TEST(RequestReader, ConnectionStaysOpenAsTheVersionAndHeaderSay) {
  const auto keeps = [](std::string bytes) {
    RequestReader reader({});
    EXPECT_EQ(reader.take(bytes), State::done);
    return reader.keep_alive();
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: x\r\nConnection: a, Close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace

}  // namespace linli::net
