// gzip and brotli, for answers made on the fly and files without a compressed sibling.
#pragma once

#include <string>
#include <string_view>

namespace linli::net {

enum class Coding { identity, gzip, brotli };
std::string_view name_of(Coding coding);  // the word in content-encoding

// What the accept-encoding header allows, best first: brotli, gzip, identity. `q=0` refuses.
bool accepts(std::string_view accept_encoding, Coding coding);
Coding best_coding(std::string_view accept_encoding);

// `thorough` is for what is kept, otherwise quick.
std::string compress(std::string_view bytes, Coding coding, bool thorough);

}  // namespace linli::net
