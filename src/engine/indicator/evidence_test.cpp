#include "engine/indicator/evidence.h"

#include <string>

#include <gtest/gtest.h>

namespace linli::indicator {
namespace {

std::string package() {
  const std::string body =
      "{\"format\":\"linli-evidence/1\",\"counters\":["
      "{\"text\":\"count(worker)\",\"value\":2,\"records\":[[\"aa\",1000000],[\"bb\",1000000]]}],"
      "\"indicators\":[{\"key\":\"p.1\",\"kind\":\"computed\",\"value\":10,\"factor\":10000,"
      "\"numerator\":{\"terms\":[{\"coefficient\":1,\"counter\":\"count(worker)\"}]},"
      "\"denominator\":{\"terms\":[{\"coefficient\":1,\"statistic\":\"population\",\"value\":2000}]"
      "}}]";
  return body + digest_of(body);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(Evidence, ThatWasNotTouchedHolds) {
  const Verdict verdict = verify_evidence(package());
  EXPECT_TRUE(verdict.mistakes.empty()) << verdict.mistakes.front();
  EXPECT_EQ(verdict.indicators, 1);
  EXPECT_EQ(verdict.records, 2);
  EXPECT_TRUE(verify_evidence(package() + "\n").mistakes.empty());
}

TEST(Evidence, AnyChangeIsSeen) {
  for (const auto& [from, to] : {std::pair{"\"aa\"", "\"ab\""}, std::pair{"2000}", "2001}"}}) {
    EXPECT_FALSE(verify_evidence(replaced(package(), from, to)).mistakes.empty()) << from;
  }
}

TEST(Evidence, FiguresMustFollowFromTheirRecordsWhateverTheDigestSays) {
  const auto sealed = [](const std::string& text) {
    const std::string body = text.substr(0, text.rfind(",\"digest\""));
    return body + digest_of(body);
  };
  const auto mistakes = [&](const char* from, const char* to) {
    return verify_evidence(sealed(replaced(package(), from, to))).mistakes;
  };
  EXPECT_EQ(mistakes("\"value\":2,", "\"value\":3,").size(), 1U) << "records come to 2";
  EXPECT_EQ(mistakes("\"value\":10,", "\"value\":11,").size(), 1U) << "counters make 10";
  EXPECT_EQ(mistakes("\"counter\":\"count(worker)\"", "\"counter\":\"count(person)\"").size(), 1U);
}

TEST(Evidence, WhatIsNoPackageIsSaidToBeNone) {
  for (const char* text :
       {"", "{}", "nothing", ",\"digest\":\"\"}", "{\"format\":\"x\",\"digest\":\"\"}"}) {
    EXPECT_FALSE(verify_evidence(text).mistakes.empty()) << text;
  }
}

}  // namespace
}  // namespace linli::indicator
