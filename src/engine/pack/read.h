// From checked documents to definitions. Expressions and references come after (link.h), when
// every definition is known.
#pragma once

#include "engine/pack/documents.h"
#include "engine/pack/types.h"

namespace linli::pack {

// Adds what the document defines to the content.
void read_definition(const Document& document, Content& content, Report& report);

void read_records(const Document& document, Content& content,
                  Report& report);  // list register case
void read_figures(const Document& document, Content& content);
void read_circles(const Document& document, Content& content);
void read_settings(const Document& document, Content& content, Report& report);

Text text_of(const json::Value* value);
std::vector<std::string> words_of(const json::Value* value);
void read_common(const Document& document, Definition& definition);
std::vector<Field> fields_of(const Document& document, const json::Value& members);

}  // namespace linli::pack
