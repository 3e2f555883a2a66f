// All SQL of the grids.
#pragma once

#include "db/database.h"
#include "domain/grids/types.h"

namespace linli::grids::store {

void insert(db::Tx& tx, const Draft& draft);
// Saves over the version before; false when another was quicker.
bool update(db::Tx& tx, const Draft& draft);
std::optional<Draft> load(db::Tx& tx, std::string_view id);
// Drafts of the territories that are neither applied nor given up, and the others if asked, by
// village and id behind the cursor; without their divisions.
std::vector<Draft> list(db::Tx& tx, const std::vector<Code>& territories, bool ended,
                        const std::vector<Value>& after, int64_t limit);
std::vector<std::string> applying(db::Tx& tx);
// A draft of the place is being applied.
bool is_applying(db::Tx& tx, Code village);
void tell_progress(db::Tx& tx, const Draft& draft);

void push(db::Tx& tx, const Draft& draft, const Step& step);
std::vector<Step> steps(db::Tx& tx, const Draft& draft, int64_t limit);  // newest first
void pop(db::Tx& tx, const Draft& draft, int64_t sequence);

}  // namespace linli::grids::store
