#include "core/expr/lexer.h"

#include <algorithm>
#include <array>

namespace linli::expr {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_part(char c) {
  return is_name_start(c) || is_digit(c);
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Spellings of other languages, and ours.
struct Foreign {
  std::string_view theirs;
  std::string_view ours;
};
constexpr std::array<Foreign, 5> kForeign = {
    {{"==", "="}, {"<>", "!="}, {"&&", "and"}, {"||", "or"}, {"!", "not"}}};

class Lexer {
 public:
  Lexer(std::string_view text, Mistake& mistake) : text_(text), mistake_(mistake) {}

  std::optional<std::vector<Token>> run() {
    std::vector<Token> tokens;
    while (!failed_) {
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ >= text_.size()) break;
      Token token = next();
      if (!failed_) tokens.push_back(std::move(token));
    }
    if (failed_) return std::nullopt;
    tokens.push_back({Token::Kind::end, "", text_.size()});
    return tokens;
  }

 private:
  Token next() {
    const size_t start = at_;
    const char c = text_[at_];
    if (is_digit(c)) return number();
    if (is_name_start(c)) {
      while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
      return {Token::Kind::name, std::string(text_.substr(start, at_ - start)), start};
    }
    if (c == '"') return quoted();
    return symbol();
  }

  Token number() {
    const size_t start = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
      ++at_;
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    }
    std::string word(text_.substr(start, at_ - start));
    const size_t digits = word.size() - (word.find('.') == std::string::npos ? 0 : 1);
    if (digits > 15) fail(start, "the number `" + word + "` is too long", "at most 15 digits");
    if (at_ < text_.size() && is_name_start(text_[at_])) {
      fail(start, "a name cannot begin with a digit", "a text in quotes, or a number alone");
    }
    return {Token::Kind::number, std::move(word), start};
  }

  Token quoted() {
    const size_t start = at_++;
    std::string word;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) word += text_[at_++];
    }
    if (at_ >= text_.size()) {
      fail(start, "the text has no end", "a closing quote \"");
      return {};
    }
    ++at_;
    const bool control = std::any_of(word.begin(), word.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (control) fail(start, "the text holds a control character", "printable characters");
    return {Token::Kind::text, std::move(word), start};
  }

  Token symbol() {
    static constexpr std::array<std::string_view, 15> kSymbols = {
        "<=", ">=", "!=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","};
    const std::string_view rest = text_.substr(at_);
    for (const Foreign& foreign : kForeign) {
      if (rest.substr(0, foreign.theirs.size()) == foreign.theirs && rest.substr(0, 2) != "!=") {
        fail(at_, "unknown operator `" + std::string(foreign.theirs) + "`",
             "`" + std::string(foreign.ours) + "`");
        return {};
      }
    }
    for (const std::string_view symbol : kSymbols) {
      if (rest.substr(0, symbol.size()) == symbol) {
        at_ += symbol.size();
        return {Token::Kind::symbol, std::string(symbol), at_ - symbol.size()};
      }
    }
    if (rest.front() == '.') return {Token::Kind::symbol, ".", at_++};
    size_t length = 1;
    while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) {
      ++length;
    }
    fail(at_, "`" + std::string(rest.substr(0, length)) + "` has no meaning here",
         "a name, a number, a \"text\" or an operator");
    return {};
  }

  void fail(size_t offset, std::string what, std::string expected) {
    if (failed_) return;
    failed_ = true;
    mistake_ = {offset, std::move(what), std::move(expected)};
  }

  std::string_view text_;
  Mistake& mistake_;
  size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace

std::optional<std::vector<Token>> tokens_of(std::string_view text, Mistake& mistake) {
  return Lexer(text, mistake).run();
}

}  // namespace linli::expr
