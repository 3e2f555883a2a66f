// What can be requested, in Open311's words: a service is a subject that a case kind lists and
// that has no finer ones below it; the finer question's parent is its group.
#pragma once

#include <string_view>
#include <vector>

#include "domain/gateways/document.h"
#include "engine/pack/types.h"

namespace linli::gateways {

enum class Language { zh, en };
// Chinese unless the accept-language header begins with English.
Language language_of(std::string_view accept_language);
const std::string& in(Language language, const pack::Text& text);

// The subjects of one case kind.
class Catalogue {
 public:
  // Of the first case kind with a list of subjects; the packs must have one (a fault otherwise).
  explicit Catalogue(const pack::Content& content);

  const pack::CaseKind& kind() const { return *kind_; }
  const pack::Choice* service(std::string_view code) const;  // null: no such service
  std::string name_of(std::string_view code, Language language) const;
  // The fields of the form that the standard has no words for.
  std::vector<const pack::Field*> attributes() const;

  Document services(Language language) const;
  Document definition(const pack::Choice& service, Language language) const;

 private:
  const pack::Content& content_;
  const pack::CaseKind* kind_ = nullptr;
  const pack::ChoiceList* subjects_ = nullptr;
};

}  // namespace linli::gateways
