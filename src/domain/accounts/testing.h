// For tests of this module and of those above it: a content with three roles.
#pragma once

#include <memory>
#include <string_view>

#include "core/region.h"
#include "engine/pack/types.h"

namespace linli::accounts::testing {

inline region::Code at(std::string_view text) {
  return MUST(region::Code::parse(text));
}

// worker < dispatcher < operator, and the resident.
inline std::shared_ptr<const pack::Content> content() {
  static const auto made = [] {
    using region::Level;
    auto content = std::make_shared<pack::Content>();
    const auto add = [&](std::string key, std::vector<std::string> permissions,
                         std::vector<Level> levels) {
      pack::Role role;
      role.key = std::move(key);
      role.permissions = std::move(permissions);
      role.levels = std::move(levels);
      content->roles.push_back(std::move(role));
    };
    add("worker", {"case.handle", "account.act_for"}, {Level::village, Level::grid});
    add("dispatcher",
        {"case.handle", "case.assign", "account.act_for", "account.read", "account.write"},
        {Level::township});
    add("operator", {"case.*", "account.*", "audit.read"},
        {Level::nation, Level::province, Level::county, Level::township});
    add("resident", {"case.create"}, {Level::nation, Level::county});
    content->texts["zh"]["message.code"] = "验证码 {code}";
    return content;
  }();
  return made;
}

}  // namespace linli::accounts::testing
