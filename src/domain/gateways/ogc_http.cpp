// The doors of OGC API – Features below /ogc.
#include "domain/gateways/ogc_http.h"

#include <algorithm>

#include "domain/gateways/ogc_collections.h"
#include "host/context.h"

namespace linli::gateways::ogc {
namespace {

using host::Context;
using maps::Maps;
using net::Response;

constexpr std::string_view kRoot = "/ogc";
constexpr std::string_view kGeoJson = "application/geo+json";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kOpenApi = "application/vnd.oai.openapi+json;version=3.0";
constexpr const char* kConformance[] = {
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"};

std::string base_of(Context& call) {
  if (const std::string& url = call.services().settings.public_url; !url.empty()) {
    return url + std::string(kRoot);
  }
  return (call.request().secure ? "https://" : "http://") +
         std::string(call.request().header("host")) + std::string(kRoot);
}

void write_link(json::Writer& out, std::string_view relation, std::string_view type,
                const std::string& href, std::string_view title = {}) {
  out.begin_object().member("rel", relation).member("type", type).member("href", href);
  if (!title.empty()) out.member("title", title);
  out.end_object();
}

std::string text_of(const Context& call, const pack::Text& text) {
  const bool english = call.request().header("accept-language").starts_with("en");
  return english && !text.en.empty() ? text.en : text.zh;
}

Result<Response> get_landing(Context& call) {
  const std::string base = base_of(call);
  return host::ok([&](json::Writer& out) {
    out.begin_object().member("title", "Linli");
    out.member("description",
               "Places, records of registers that lie somewhere, and figures by place.");
    out.key("links").begin_array();
    write_link(out, "self", kJson, base, "This page");
    write_link(out, "service-desc", kOpenApi, base + "/api", "Its description");
    write_link(out, "conformance", kJson, base + "/conformance", "What it conforms to");
    write_link(out, "data", kJson, base + "/collections", "The collections");
    out.end_array().end_object();
  });
}

Result<Response> get_conformance(Context&) {
  return host::ok([](json::Writer& out) {
    out.begin_object().key("conformsTo").begin_array();
    for (const char* one : kConformance) out.value(one);
    out.end_array().end_object();
  });
}

void write_crs_list(json::Writer& out) {
  out.begin_array();
  for (const std::string_view uri : kCrsUris) out.value(uri);
  out.end_array();
}

// The box around the installation's region; the earth where its outline is not known.
registers::Box extent_of(Context& call) {
  return MUST(call.read([&](db::Tx& tx) -> Result<registers::Box> {
    places::Atlas atlas(places::outlines_folder(call.services().settings));
    const region::Code region = TRY(region::Code::parse(call.services().settings.region));
    registers::Box box{180, 90, -180, -90};
    for (const places::Ring& ring : atlas.area_of(tx, region)) {
      for (const places::Point& point : ring) {
        box = {std::min(box.west, point.lon), std::min(box.south, point.lat),
               std::max(box.east, point.lon), std::max(box.north, point.lat)};
      }
    }
    return box.west <= box.east ? box : registers::Box();
  }));
}

void write(json::Writer& out, Context& call, const Collection& collection,
           const registers::Box& extent) {
  const std::string self = base_of(call) + "/collections/" + collection.id;
  out.begin_object().member("id", collection.id);
  out.member("title", text_of(call, collection.title));
  if (const std::string about = text_of(call, collection.about); !about.empty()) {
    out.member("description", about);
  }
  out.member("itemType", "feature");
  out.key("extent").begin_object().key("spatial").begin_object().key("bbox").begin_array();
  out.begin_array().value(extent.west).value(extent.south);
  out.value(extent.east).value(extent.north).end_array();
  out.end_array().member("crs", kCrsUris[0]).end_object().end_object();
  out.key("crs");
  write_crs_list(out);
  out.member("storageCrs", kCrsUris[0]);
  out.key("links").begin_array();
  write_link(out, "self", kJson, self);
  write_link(out, "items", kGeoJson, self + "/items");
  out.end_array().end_object();
}

Result<Response> get_collections(Context& call, const Maps& maps) {
  const std::vector<Collection> all = collections(call, maps);
  const registers::Box extent = extent_of(call);
  return host::ok([&](json::Writer& out) {
    out.begin_object().key("links").begin_array();
    write_link(out, "self", kJson, base_of(call) + "/collections");
    out.end_array().key("crs");
    write_crs_list(out);
    out.key("collections").begin_array();
    for (const Collection& collection : all) write(out, call, collection, extent);
    out.end_array().end_object();
  });
}

Result<Response> get_collection(Context& call, const Maps& maps) {
  const Collection collection = TRY(collection_named(call, maps, call.path("collection")));
  const registers::Box extent = extent_of(call);
  return host::ok([&](json::Writer& out) { write(out, call, collection, extent); });
}

Response geojson(json::Writer& out, Crs crs) {
  Response response;
  response.headers = {{"content-type", std::string(kGeoJson)},
                      {"content-crs", "<" + std::string(uri_of(crs)) + ">"},
                      {"cache-control", "private, no-cache"}};
  response.body = out.take();
  return response;
}

// The request's own address with another cursor.
std::string with_cursor(Context& call, const std::string& items, const std::string& cursor) {
  std::string query;
  for (const auto& [name, value] : call.request().query) {
    if (name == "cursor") continue;
    query +=
        (query.empty() ? "?" : "&") + net::percent_encode(name) + "=" + net::percent_encode(value);
  }
  if (!cursor.empty())
    query += (query.empty() ? "?cursor=" : "&cursor=") + net::percent_encode(cursor);
  return items + query;
}

Result<Response> get_items(Context& call, const Maps& maps) {
  const Collection collection = TRY(collection_named(call, maps, call.path("collection")));
  const Asked asked = TRY(read_asked(call.request()));
  const Items found = TRY(items(call, collection, asked));
  const std::string self = base_of(call) + "/collections/" + collection.id;
  json::Writer out;
  out.begin_object().member("type", "FeatureCollection");
  out.key("links").begin_array();
  write_link(out, "self", kGeoJson, with_cursor(call, self + "/items", asked.cursor));
  write_link(out, "collection", kJson, self);
  if (!found.next.empty()) {
    write_link(out, "next", kGeoJson, with_cursor(call, self + "/items", found.next));
  }
  out.end_array();
  out.member("timeStamp", time::format(call.now()));
  out.member("numberReturned", found.count);
  out.key("features").value(MUST(json::parse(found.written.text()))).end_object();
  return geojson(out, asked.crs);
}

Result<Response> get_item(Context& call, const Maps& maps) {
  const Collection collection = TRY(collection_named(call, maps, call.path("collection")));
  const Crs crs = TRY(read_crs("crs", call.request().parameter("crs")));
  const std::string written = TRY(item(call, collection, call.path("feature"), crs));
  const std::string self = base_of(call) + "/collections/" + collection.id;
  json::Value feature = MUST(json::parse(written));
  json::Writer out;
  out.begin_object();
  for (const auto& [name, value] : feature.as_object()) out.key(name).value(value);
  out.key("links").begin_array();
  write_link(out, "self", kGeoJson, self + "/items/" + net::percent_encode(call.path("feature")));
  write_link(out, "collection", kJson, self);
  out.end_array().end_object();
  return geojson(out, crs);
}

// A description of its own: the standard's class asks for OpenAPI 3.0, and collections are content.
void write_operation(json::Writer& out, const std::string& path, std::string_view summary,
                     const std::vector<std::string>& in_path, bool items) {
  const auto parameter = [&](std::string_view name, std::string_view in, bool required,
                             std::string_view type) {
    out.begin_object().member("name", name).member("in", in).member("required", required);
    out.key("schema").begin_object().member("type", type);
    if (name == "limit") {
      out.member("minimum", 1).member("maximum", kMostItems).member("default", kDefaultLimit);
    }
    out.end_object().end_object();
  };
  out.key(path).begin_object().key("get").begin_object().member("summary", summary);
  out.key("parameters").begin_array();
  for (const std::string& name : in_path) parameter(name, "path", true, "string");
  if (items) {
    parameter("limit", "query", false, "integer");
    for (const char* name : {"bbox", "bbox-crs", "crs", "datetime", "cursor"}) {
      parameter(name, "query", false, "string");
    }
  }
  out.end_array().key("responses").begin_object();
  out.key("200").begin_object().member("description", "As the standard says.").end_object();
  out.end_object().end_object().end_object();
}

Result<Response> get_api(Context& call) {
  json::Writer out;
  out.begin_object().member("openapi", "3.0.3");
  out.key("info").begin_object().member("title", "OGC API - Features").member("version", "1.0.0");
  out.end_object().key("servers").begin_array();
  out.begin_object().member("url", base_of(call)).end_object().end_array();
  out.key("paths").begin_object();
  const std::string one = "/collections/{collectionId}";
  write_operation(out, "/", "Landing page", {}, false);
  write_operation(out, "/conformance", "Conformance classes", {}, false);
  write_operation(out, "/collections", "The collections", {}, false);
  write_operation(out, one, "One collection", {"collectionId"}, false);
  write_operation(out, one + "/items", "Features", {"collectionId"}, true);
  write_operation(out, one + "/items/{featureId}", "One feature", {"collectionId", "featureId"},
                  false);
  out.end_object().end_object();
  Response response;
  response.headers = {{"content-type", std::string(kOpenApi)}};
  response.body = out.take();
  return response;
}

}  // namespace

std::vector<host::Route> routes(const std::shared_ptr<Maps>& maps) {
  const std::string root(kRoot);
  const std::string one = root + "/collections/{collection}";
  const shape::Field format = shape::optional("f", shape::text(20));
  const auto text = [](const char* name) { return shape::optional(name, shape::text(2000)); };
  const auto over = [&](Result<Response> (*handle)(Context&, const Maps&)) {
    return [maps, handle](Context& call) { return handle(call, *maps); };
  };
  std::vector<host::Route> all;
  const auto add = [&](std::string path, auto handle, std::string summary,
                       std::vector<shape::Field> query = {}, std::vector<std::string> errors = {}) {
    query.push_back(format);
    all.push_back({.method = "GET",
                   .path = std::move(path),
                   .permission = "public",
                   .handle = handle,
                   .summary = "OGC API – Features: " + std::move(summary),
                   .query = std::move(query),
                   .output = shape::open_object(),
                   .errors = std::move(errors)});
  };
  add(root, get_landing, "where it begins");
  add(root + "/conformance", get_conformance, "what it conforms to");
  add(root + "/api", get_api, "its description in OpenAPI 3.0");
  add(root + "/collections", over(get_collections), "the collections that the caller may see");
  add(one, over(get_collection), "one collection", {}, {"ogc.unknown_collection"});
  add(one + "/items", over(get_items),
      "features by box, time and the values of fields, which are further parameters",
      {text("bbox"), text("bbox-crs"), text("crs"), text("datetime"), text("limit"),
       text("cursor")},
      {"ogc.unknown_collection", "ogc.bad_parameter", "page.bad_cursor"});
  all.back().open_query = true;
  add(one + "/items/{feature}", over(get_item), "one feature", {text("crs")},
      {"ogc.unknown_collection", "ogc.unknown_feature", "ogc.bad_parameter"});
  return all;
}

}  // namespace linli::gateways::ogc
