// Serves the built pages: a folder of files, compressed once and kept in memory.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "net/http.h"

namespace linli::net {

class StaticFiles {
 public:
  explicit StaticFiles(std::string folder) : folder_(std::move(folder)) {}

  // The file at request.path, never one outside the folder (links included) and none that begins
  // with a dot. A folder answers its index.html; so does a page address without an ending that is
  // no file, with the nearest index.html above it (deep links of single-page faces). Files under
  // /assets/ carry a hash in their name and may be kept for ever; others are asked for each time.
  // A sibling name.br or name.gz is used where there is one, else compression is made here.
  Response answer(const Request& request) const;

 private:
  struct Kept;
  std::string find(const std::string& path) const;
  std::shared_ptr<Kept> keep(const std::string& file) const;

  std::string folder_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<Kept>> kept_;
};

}  // namespace linli::net
