#include "domain/cases/pictures.h"
#include "domain/cases/routes.h"

namespace linli::cases {
namespace {

using host::Context;
using net::Response;

Result<Response> post_picture(Context& call) {
  const Attachment made = TRY(keep_picture(call.services(), call.actor(), call.request().body,
                                           call.query("keep_location") == "true", call.now()));
  return host::created([&](json::Writer& out) {
    out.begin_object();
    out.member("id", made.id);
    out.member("kind", made.kind);
    out.member("width", made.width);
    out.member("height", made.height);
    out.member("bytes", made.bytes);
    out.end_object();
  });
}

Result<Response> get_picture(Context& call) {
  const bool thumb = call.query("size") == "thumb";
  const Attachment found = TRY(call.read([&](db::Tx& tx) {
    return find_picture(tx, call.services(), call.actor(), call.path("id"));
  }));
  Response response;
  response.file = file_of(call.services(), found, thumb);
  response.headers = {{"content-type", thumb ? "image/jpeg" : found.kind},
                      {"cache-control", "private, max-age=31536000, immutable"},
                      {"x-content-type-options", "nosniff"}};
  return response;
}

}  // namespace

std::vector<host::Route> picture_routes() {
  host::Route upload = {
      "POST",
      "/api/v1/attachments",
      "signed_in",
      post_picture,
      "Send a picture (JPEG, PNG or WebP) for a case to come",
      {shape::optional("keep_location", shape::choice({"true", "false"}))},
      {},
      shape::object(
          {shape::required("id", shape::id()), shape::required("kind", shape::text()),
           shape::required("width", shape::integer()), shape::required("height", shape::integer()),
           shape::required("bytes", shape::integer())},
          "Attachment"),
      {"attachment.not_an_image", "attachment.too_large", "attachment.too_many_pixels"}};
  upload.raw_body = true;
  return {std::move(upload),
          {"GET",
           "/api/v1/attachments/{id}",
           "signed_in",
           get_picture,
           "A picture or its small copy",
           {shape::optional("size", shape::choice({"thumb", "full"}))},
           {},
           {},
           {"attachment.not_found"}}};
}

}  // namespace linli::cases
