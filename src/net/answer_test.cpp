// Files, ranges, conditions, compression and security headers, without sockets.
#include "net/answer.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include "net/static_files.h"

namespace linli::net {

namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() {
    std::string pattern = fs::temp_directory_path() / "linli-net-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  const fs::path& path() const { return path_; }
  std::string write(const std::string& name, std::string_view text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  fs::path path_;
};

std::string header_of(const Answer& answer, const std::string& name) {
  const size_t begin = answer.head.find("\r\n" + name + ": ");
  if (begin == std::string::npos) return {};
  const size_t value = begin + name.size() + 4;
  return answer.head.substr(value, answer.head.find("\r\n", value) - value);
}

std::string sent(const Answer& answer) {
  if (!answer.file.is_open()) return answer.body;
  std::string bytes(answer.file_bytes, '\0');
  answer.file.read(answer.file_offset, bytes.data(), bytes.size());
  return bytes;
}

Answer ask(const Response& response, Headers headers = {}, const std::string& method = "GET") {
  return complete(Request{.id = "r", .method = method, .headers = std::move(headers)}, response,
                  true);
}

std::string gunzip(const std::string& bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

TEST(Answer, SendsTheRangeThatIsAskedFor) {
  const Folder folder;
  const Response file{.file = folder.write("a.bin", "0123456789")};
  const auto range = [&](std::string_view asked) {
    const Answer answer = ask(file, {{"range", std::string(asked)}});
    return std::to_string(answer.status) + " " + header_of(answer, "content-range") + " " +
           sent(answer);
  };
  EXPECT_EQ(range("bytes=0-3"), "206 bytes 0-3/10 0123");
  EXPECT_EQ(range("bytes=7-"), "206 bytes 7-9/10 789");
  EXPECT_EQ(range("bytes=-2"), "206 bytes 8-9/10 89");
  EXPECT_EQ(range("bytes=-20"), "206 bytes 0-9/10 0123456789");
  EXPECT_EQ(range("bytes=5-500"), "206 bytes 5-9/10 56789");
  EXPECT_EQ(range("bytes=10-"), "416 bytes */10 ");
  EXPECT_EQ(range("bytes=-0"), "416 bytes */10 ");
  for (const auto* whole : {"bytes=3-2", "bytes=a-b", "bytes=0-1,3-4", "lines=0-1", "bytes=-"})
    EXPECT_EQ(range(whole), "200  0123456789") << whole;
  const std::string tag = header_of(ask(file), "etag");
  EXPECT_EQ(ask(file, {{"range", "bytes=0-0"}, {"if-range", tag}}).status, 206);
  EXPECT_EQ(ask(file, {{"range", "bytes=0-0"}, {"if-range", "\"old\""}}).status, 200);
}

TEST(Answer, HeadOfAFileHasItsLengthOnly) {
  const Folder folder;
  const Answer answer = ask({.file = folder.write("a.bin", "0123456789")}, {}, "HEAD");
  EXPECT_EQ(header_of(answer, "content-length"), "10");
  EXPECT_EQ(sent(answer), "");
}

TEST(Answer, UnchangedIsNotSentAgain) {
  const Folder folder;
  const Response file{.file = folder.write("a.bin", "x")};
  const Answer first = ask(file);
  const std::string tag = header_of(first, "etag");
  for (const Headers& headers : {Headers{{"if-none-match", tag}},
                                 {{"if-none-match", "\"a\", W/" + tag}},
                                 {{"if-none-match", "*"}},
                                 {{"if-modified-since", header_of(first, "last-modified")}}}) {
    const Answer again = ask(file, headers);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(sent(again), "");
    EXPECT_EQ(header_of(again, "content-length"), "");
  }
  EXPECT_EQ(ask(file, {{"if-none-match", "\"other\""}}).status, 200);
}

TEST(Answer, AMissingFileIsNotFound) {
  EXPECT_EQ(ask({.file = "/nowhere/at/all"}).status, 404);
  EXPECT_NE(ask({.file = "/nowhere/at/all"}).body.find("\"net.not_found\""), std::string::npos);
  EXPECT_EQ(ask({.file = "/tmp"}).status, 404);
}

TEST(Answer, CompressesWhatIsWorthIt) {
  const std::string text(5000, 'a');
  const Headers accepts = {{"accept-encoding", "gzip"}};
  const Answer large = ask(json_response(200, text), accepts);
  EXPECT_EQ(header_of(large, "content-encoding"), "gzip");
  EXPECT_EQ(header_of(large, "vary"), "accept-encoding");
  EXPECT_EQ(gunzip(large.body), text);
  EXPECT_EQ(header_of(ask(json_response(200, "{}"), accepts), "content-encoding"), "");
  EXPECT_EQ(header_of(ask(json_response(200, text)), "content-encoding"), "");
  Response image{.body = text};
  image.headers.emplace_back("content-type", "image/png");
  EXPECT_EQ(header_of(ask(image, accepts), "content-encoding"), "");
  Response secret = json_response(200, text);
  secret.headers.emplace_back("set-cookie", "a=b");
  EXPECT_EQ(header_of(ask(secret, accepts), "content-encoding"), "");
}

TEST(Answer, CarriesSecurityHeadersUnlessTheHandlerChose) {
  Response response = json_response(200, "{}");
  response.headers.emplace_back("cache-control", "max-age=5");
  const Answer answer = ask(response);
  EXPECT_EQ(header_of(answer, "x-content-type-options"), "nosniff");
  EXPECT_NE(header_of(answer, "content-security-policy").find("frame-ancestors 'none'"),
            std::string::npos);
  EXPECT_EQ(header_of(answer, "cache-control"), "max-age=5");
  EXPECT_EQ(header_of(answer, "x-request-id"), "r");
}

class Pages : public ::testing::Test {
 protected:
  Pages() : files_(folder_.path()) {}

  Answer get(const std::string& path, Headers headers = {}, const std::string& method = "GET") {
    const Request request{.method = method, .path = path, .headers = std::move(headers)};
    return complete(request, files_.answer(request), true);
  }

  Folder folder_;
  StaticFiles files_;
};

TEST_F(Pages, ServesFilesFoldersAndDeepLinks) {
  folder_.write("r/index.html", "residents");
  folder_.write("assets/app-1a2b.js", "code");
  EXPECT_EQ(get("/r/").body, "residents");
  EXPECT_EQ(get("/r/index.html").body, "residents");
  EXPECT_EQ(get("/r/cases/12").body, "residents");
  EXPECT_EQ(get("/r/sw.js").status, 404);
  EXPECT_EQ(get("/w/").status, 404);
  EXPECT_EQ(header_of(get("/r/"), "cache-control"), "no-cache");
  const Answer asset = get("/assets/app-1a2b.js");
  EXPECT_EQ(asset.body, "code");
  EXPECT_EQ(header_of(asset, "content-type"), "text/javascript; charset=utf-8");
  EXPECT_NE(header_of(asset, "cache-control").find("immutable"), std::string::npos);
  EXPECT_EQ(get("/r/", {}, "POST").status, 405);
  EXPECT_EQ(header_of(get("/r/", {}, "POST"), "allow"), "GET, HEAD");
}

TEST_F(Pages, NothingOutsideTheFolderIsServed) {
  const Folder other;
  fs::create_symlink(other.write("secret.txt", "secret"), folder_.path() / "link.txt");
  fs::create_directory_symlink(other.path(), folder_.path() / "out");
  folder_.write(".hidden", "secret");
  for (const auto* path : {"/link.txt", "/out/secret.txt", "/.hidden", "/../secret.txt"})
    EXPECT_EQ(get(path).status, 404) << path;
}

TEST_F(Pages, ArePrecompressedOrCompressedOnce) {
  const std::string text(5000, 'b');
  folder_.write("a.js", text);
  folder_.write("b.js", text);
  folder_.write("b.js.br", "made before");
  const Answer gzip = get("/a.js", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(gunzip(gzip.body), text);
  const Answer brotli = get("/b.js", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(header_of(brotli, "content-encoding"), "br");
  EXPECT_EQ(brotli.body, "made before");
  EXPECT_NE(header_of(gzip, "etag"), header_of(get("/a.js"), "etag"));
  EXPECT_EQ(get("/a.js", {{"accept-encoding", "gzip"}, {"if-none-match", header_of(gzip, "etag")}})
                .status,
            304);
}

TEST_F(Pages, AChangedFileIsReadAgain) {
  folder_.write("index.html", "old");
  EXPECT_EQ(get("/").body, "old");
  folder_.write("index.html", "newer");
  EXPECT_EQ(get("/").body, "newer");
}

}  // namespace

}  // namespace linli::net
