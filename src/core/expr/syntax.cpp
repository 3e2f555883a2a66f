// The grammar and the parser of the expression language (docs/formats/expressions.md).
//
//   condition  = conjunct { "or" conjunct }
//   conjunct   = inverse { "and" inverse }
//   inverse    = "not" inverse | comparison
//   comparison = sum [ ("=" | "!=" | "<" | "<=" | ">" | ">=") sum
//                    | ["not"] "in" list | "is" ("known" | "unknown") | "has" primary ]
//   sum        = product { ("+" | "-") product }
//   product    = factor { ("*" | "/") factor }
//   factor     = "-" factor | primary
//   primary    = number | text | "true" | "false" | "today" | name | "(" condition ")"
//              | name "(" [ condition { "," condition } ] ")"
//              | "count" "(" name [ "where" condition ] ")"
//              | "sum" "(" name "." name [ "where" condition ] ")"
//   list       = "[" primary { "," primary } "]"
#include "core/expr/syntax.h"

#include <algorithm>
#include <array>

#include "core/expr/lexer.h"
#include "core/text.h"

namespace linli::expr {
namespace {

constexpr std::array kKeywords = {"and", "or",   "not",   "in",    "is",    "known", "unknown",
                                  "has", "true", "false", "today", "where", "count", "sum"};

// On a mistake the position jumps to the end, so that every loop stops by itself.
class Parser {
 public:
  Parser(std::vector<Token> tokens, Mistake& mistake)
      : tokens_(std::move(tokens)), mistake_(mistake) {}

  std::optional<Syntax> run() {
    Syntax root = condition();
    if (!failed_ && peek().kind != Token::Kind::end) unexpected("the end, or an operator");
    if (failed_) return std::nullopt;
    return root;
  }

 private:
  Syntax condition() {
    Syntax first = level([this] { return conjunct(); });
    return chain(std::move(first), "or", [this] { return conjunct(); });
  }

  Syntax conjunct() {
    Syntax first = inverse();
    return chain(std::move(first), "and", [this] { return inverse(); });
  }

  // a and b and c is one operation with three operands: length is not depth.
  template <class Part>
  Syntax chain(Syntax first, const char* word, Part part) {
    if (!peek_word(word)) return first;
    Syntax whole = make(Syntax::Kind::operation, word, first.offset);
    whole.parts.push_back(std::move(first));
    while (take_word(word)) whole.parts.push_back(part());
    return whole;
  }

  Syntax inverse() {
    const size_t offset = peek().offset;
    if (!take_word("not")) return comparison();
    Syntax whole = make(Syntax::Kind::operation, "not", offset);
    whole.parts.push_back(level([this] { return inverse(); }));
    return whole;
  }

  Syntax comparison() {
    Syntax left = sum();
    Syntax whole = compared(std::move(left));
    if (!failed_ && whole.kind == Syntax::Kind::operation && at_comparison()) {
      fail(peek().offset, "comparisons cannot be chained", "`and` between two comparisons");
    }
    return whole;
  }

  Syntax compared(Syntax left) {
    const Token token = peek();
    if (at_ordering()) {
      ++at_;
      return operation(token.word, std::move(left), sum());
    }
    if (peek_word("not") && peek(1).word == "in") {
      at_ += 2;
      return operation("not in", std::move(left), list());
    }
    if (take_word("in")) return operation("in", std::move(left), list());
    if (take_word("has")) return operation("has", std::move(left), primary());
    if (take_word("is")) {
      Syntax whole = make(Syntax::Kind::operation, "", left.offset);
      whole.parts.push_back(std::move(left));
      if (take_word("known")) {
        whole.word = "is known";
      } else if (take_word("unknown")) {
        whole.word = "is unknown";
      } else {
        unexpected("`known` or `unknown`");
      }
      return whole;
    }
    return left;
  }

  Syntax sum() {
    Syntax left = product();
    while (peek_symbol("+") || peek_symbol("-")) {
      const std::string word = tokens_[at_++].word;
      left = operation(word, std::move(left), product());
    }
    return left;
  }

  Syntax product() {
    Syntax left = factor();
    while (peek_symbol("*") || peek_symbol("/")) {
      const std::string word = tokens_[at_++].word;
      left = operation(word, std::move(left), factor());
    }
    return left;
  }

  Syntax factor() {
    const size_t offset = peek().offset;
    if (!take_symbol("-")) return primary();
    Syntax whole = make(Syntax::Kind::operation, "negate", offset);
    whole.parts.push_back(level([this] { return factor(); }));
    return whole;
  }

  Syntax primary() {
    const Token token = peek();
    if (token.kind == Token::Kind::number || token.kind == Token::Kind::text) {
      ++at_;
      return make(token.kind == Token::Kind::number ? Syntax::Kind::number : Syntax::Kind::text,
                  token.word, token.offset);
    }
    if (take_symbol("(")) {
      Syntax inner = condition();
      expect(")");
      return inner;
    }
    if (token.kind != Token::Kind::name) return unexpected("a name, a number or a \"text\"");
    if (token.word == "count" || token.word == "sum") return aggregate();
    const bool value = token.word == "true" || token.word == "false" || token.word == "today";
    if (is_keyword(token.word) && !value) return unexpected("a name, a number or a \"text\"");
    ++at_;
    if (value || !peek_symbol("(")) return make(Syntax::Kind::name, token.word, token.offset);
    return call(token);
  }

  Syntax call(const Token& name) {
    Syntax whole = make(Syntax::Kind::call, name.word, name.offset);
    expect("(");
    if (take_symbol(")")) return whole;
    do {
      whole.parts.push_back(condition());
    } while (take_symbol(","));
    expect(")");
    return whole;
  }

  Syntax aggregate() {
    const Token function = tokens_[at_++];
    Syntax whole = make(Syntax::Kind::aggregate, function.word, function.offset);
    expect("(");
    whole.parts.push_back(plain_name("the key of a register, a case kind or a level of places"));
    if (function.word == "sum") {
      expect(".");
      whole.parts.push_back(plain_name("the field to sum"));
    }
    if (take_word("where")) whole.parts.push_back(condition());
    expect(")");
    return whole;
  }

  Syntax list() {
    Syntax whole = make(Syntax::Kind::list, "", peek().offset);
    expect("[");
    do {
      whole.parts.push_back(level([this] { return factor(); }));
    } while (take_symbol(","));
    expect("]");
    return whole;
  }

  Syntax plain_name(const char* expected) {
    const Token token = peek();
    if (token.kind != Token::Kind::name || is_keyword(token.word)) return unexpected(expected);
    ++at_;
    return make(Syntax::Kind::name, token.word, token.offset);
  }

  Syntax operation(std::string word, Syntax left, Syntax right) {
    Syntax whole = make(Syntax::Kind::operation, std::move(word), left.offset);
    whole.parts.push_back(std::move(left));
    whole.parts.push_back(std::move(right));
    return whole;
  }

  Syntax make(Syntax::Kind kind, std::string word, size_t offset) {
    if (++nodes_ > kMaxNodes) {
      fail(offset, "the expression is too large", "at most 500 names, values and operators");
    }
    return {kind, std::move(word), offset, {}};
  }

  template <class Part>
  Syntax level(Part part) {
    if (++levels_ > kMaxLevels) {
      fail(peek().offset, "the expression is nested too deeply", "at most 64 levels");
      return {};
    }
    Syntax inner = part();
    --levels_;
    return inner;
  }

  const Token& peek(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  bool peek_word(std::string_view word) const {
    return peek().kind == Token::Kind::name && peek().word == word;
  }
  bool peek_symbol(std::string_view symbol) const {
    return peek().kind == Token::Kind::symbol && peek().word == symbol;
  }
  bool take_word(std::string_view word) { return peek_word(word) && ++at_ > 0; }
  bool take_symbol(std::string_view symbol) { return peek_symbol(symbol) && ++at_ > 0; }
  bool at_ordering() const {
    return peek_symbol("=") || peek_symbol("!=") || peek_symbol("<") || peek_symbol("<=") ||
           peek_symbol(">") || peek_symbol(">=");
  }
  bool at_comparison() const {
    return at_ordering() || peek_word("in") || peek_word("is") || peek_word("has") ||
           peek_word("not");
  }

  void expect(const char* symbol) {
    if (!take_symbol(symbol)) unexpected("`" + std::string(symbol) + "`");
  }

  Syntax unexpected(const std::string& expected) {
    const Token& token = peek();
    fail(token.offset,
         token.kind == Token::Kind::end ? "the expression ends too early"
                                        : "`" + token.word + "` does not fit here",
         expected);
    return {};
  }

  void fail(size_t offset, std::string what, std::string expected) {
    if (!failed_) mistake_ = {offset, std::move(what), std::move(expected)};
    failed_ = true;
    at_ = tokens_.size() - 1;
  }

  std::vector<Token> tokens_;
  Mistake& mistake_;
  size_t at_ = 0;
  int nodes_ = 0;
  int levels_ = 0;
  bool failed_ = false;
};

}  // namespace

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

std::optional<Syntax> parse(std::string_view text, Mistake& mistake) {
  if (text.size() > kMaxText) {
    mistake = {kMaxText, "the expression is too long", "at most 4096 bytes"};
    return std::nullopt;
  }
  if (!text::is_utf8(text)) {
    mistake = {0, "the expression is not UTF-8", "UTF-8"};
    return std::nullopt;
  }
  std::optional<std::vector<Token>> tokens = tokens_of(text, mistake);
  if (!tokens) return std::nullopt;
  return Parser(std::move(*tokens), mistake).run();
}

}  // namespace linli::expr
