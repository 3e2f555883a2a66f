// The catalogue of the command line: key, Chinese, English.
#include "app/words.h"

#include <algorithm>
#include <array>

#include "app/terminal.h"

namespace linli::app {

namespace {

constexpr std::array kEntries = {
    Entry{"serve.ready", "邻里已启动：{url}", "Linli is running: {url}"},
    Entry{"serve.residents", "  居民端    {url}r/", "  residents  {url}r/"},
    Entry{"serve.workers", "  工作人员端  {url}w/", "  workers    {url}w/"},
    Entry{"serve.planners", "  规划监测端  {url}p/", "  planners   {url}p/"},
    Entry{"serve.stopping", "正在停止……", "Stopping …"},
    Entry{"import.divisions", "正在导入行政区划", "Importing places"},
    Entry{"import.done", "已导入 {count} 条，用时 {seconds} 秒。",
          "Imported {count} rows in {seconds} s."},
    Entry{"import.left_out", "未能归位的行：{rows}", "Rows that could not be placed: {rows}"},
    Entry{"import.bad_row", "  第 {line} 行 {field}：{code} {expected}",
          "  line {line} {field}: {code} {expected}"},
    Entry{"import.report", "共 {rows} 行，接收 {accepted} 行，拒绝 {rejected} 行。",
          "{rows} rows: {accepted} accepted, {rejected} rejected."},
    Entry{"import.osm_read", "正在读取地图", "Reading the map"},
    Entry{"import.osm_order", "正在整理路网", "Ordering the network"},
    Entry{"import.osm_done",
          "路网已写入 {file}：{streets} 条街道、{junctions} 个路口、{doors} 个门址，用时 {seconds} "
          "秒。",
          "Network written to {file}: {streets} streets, {junctions} junctions, {doors} doors, "
          "{seconds} s."},
    Entry{"import.osm_islands",
          "  有 {islands} 处孤立路段（共 {streets} 条街道）步行无法到达主网。",
          "  {islands} islands ({streets} streets) cannot be walked to from the mainland."},
    Entry{"import.osm_doors", "  {far} 个门址附近没有街道，{island} 个只靠近孤立路段。",
          "  {far} doors have no street near, {island} only an island."},
    Entry{"import.osm_missing", "  地图文件缺少 {nodes} 个节点（位于范围边缘）。",
          "  {nodes} nodes are not in the file (cut off at its edge)."},
    Entry{"import.records", "正在导入", "Importing"},
    Entry{"export.done", "已导出 {rows} 条到 {file}。", "Exported {rows} records to {file}."},
    Entry{"export.tiles", "已将 {tiles} 张地图瓦片写入 {file}。",
          "Wrote {tiles} map tiles to {file}."},
    Entry{"demo.places", "行政区划", "places"},
    Entry{"demo.making", "正在生成演示城市", "Making the demo city"},
    Entry{"demo.done", "演示城市已建成：{persons} 人，{cases} 件诉求，用时 {seconds} 秒。",
          "The demo city stands: {persons} persons, {cases} requests, {seconds} s."},
    Entry{"demo.sign_ins", "演示账号（也保存在 {file}）：", "Sign-ins (also kept in {file}):"},
    Entry{
        "evidence.holds",
        "证据包成立：{indicators} 项指标、{counters} 个计数、{records} 条记录相互吻合，未被改动。",
        "The package holds: {indicators} indicators, {counters} counters and {records} records "
        "agree, and nothing was changed."},
    Entry{"evidence.wrong", "证据包不成立：{count} 处不符。",
          "The package does not hold: {count} mistakes."},
    Entry{"pack.right",
          "内容包 {packs} 检查通过：{registers} 类登记、{indicators} 项指标、{roles} 个角色，"
          "{examples} 个示例成立。",
          "Packs {packs} are right: {registers} registers, {indicators} indicators, {roles} roles; "
          "{examples} examples hold."},
    Entry{"pack.made",
          "内容包已建在 {folder}，照规划填写后运行 linli pack check {packs}。填法见 "
          "docs/new-plan.zh-CN.md。",
          "The pack is in {folder}: fill it in beside the plan, then run linli pack check {packs}. "
          "docs/new-plan.md says how."},
    Entry{"pack.wrong", "发现 {count} 处问题，未载入任何内容。",
          "{count} mistakes; nothing was loaded."},
    Entry{"pack.examples_wrong", "示例中有 {count} 处不成立。",
          "{count} things in the examples do not hold."},
    Entry{"migrate.ran", "已执行迁移 {name}", "Ran migration {name}"},
    Entry{"migrate.none", "数据库已是最新。", "The database is up to date."},
    Entry{"backup.done", "备份已写入 {folder}。密钥 {key} 不在其中，请另行妥善保存。",
          "Backup written to {folder}. The key {key} is not in it: keep a copy of it elsewhere."},
    Entry{"restore.done", "已从 {folder} 恢复。", "Restored from {folder}."},
    Entry{"user.created", "已创建账号 {name}，密码：{password}",
          "Created {name}, password: {password}"},
    Entry{"user.disabled", "已停用账号 {name}。", "Disabled {name}."},
    Entry{"key.disabled", "已停用 {name} 的密钥。", "Disabled the keys of {name}."},
    Entry{"user.password", "账号 {name} 的新密码：{password}",
          "New password of {name}: {password}"},
    Entry{"doctor.well", "未发现问题。", "Nothing is wrong."},
    Entry{"doctor.wrong", "发现 {count} 个问题：", "{count} things are wrong:"},
    Entry{"doctor.folder", "数据目录 {detail} 的权限过宽，请执行 chmod 700。",
          "The data folder {detail} can be read by others: chmod 700 it."},
    Entry{"doctor.key", "密钥文件 {detail} 可被他人读取，请执行 chmod 600。",
          "The key file {detail} can be read by others: chmod 600 it."},
    Entry{"doctor.space", "磁盘剩余空间不足 1 GB：{detail}",
          "Less than 1 GB of disk space is left: {detail}"},
    Entry{"doctor.web", "找不到网页文件 {detail}，请先执行 ./run。",
          "The pages are not built: {detail}. Run ./run."},
    Entry{"doctor.reader", "事件处理停滞：{detail}",
          "A reader of the event log is stuck: {detail}"},
    Entry{"error.installation.missing",
          "目录 {detail} 中没有邻里的数据，请先执行 linli demo 或 linli migrate。",
          "There is no installation in {detail}: run linli demo or linli migrate first."},
    Entry{"error.installation.unwritable", "无法写入 {detail}，请检查目录权限和磁盘空间。",
          "Cannot write to {detail}: check its permissions and the disk space."},
    Entry{"error.tiles.nothing_to_draw", "没有可绘制的行政区划：{detail}",
          "There are no areas of places to draw: {detail}"},
    Entry{"error.pack.invalid", "内容包有误：\n{detail}", "The packs are wrong:\n{detail}"},
    Entry{"error.net.port_in_use", "端口 {detail} 已被占用，请用 --port 换一个。",
          "Port {detail} is in use: choose another with --port."},
    Entry{"error.net.cannot_listen", "无法监听：{detail}", "Cannot listen: {detail}"},
    Entry{"error.db.cannot_open", "无法打开数据库：{detail}", "Cannot open the database: {detail}"},
    Entry{"error.db.migration_changed", "迁移 {detail} 与数据库中的记录不一致，请使用原版本程序。",
          "Migration {detail} differs from what ran before: use the program that made it."},
    Entry{"error.db.newer", "数据库由更新的版本写成（{detail}），请升级程序。",
          "The database was written by a newer version ({detail}): upgrade the program."},
    Entry{"error.place.bad_code",
          "“{detail}”不是行政区划代码，应为 2 至 12 位数字，如 620802（县、区）或 "
          "620802001001（村、社区）。",
          "{detail} is no region code: 2 to 12 digits, as 620802 of a county or 620802001001 of a"
          " village."},
    Entry{"error.place.not_found", "没有代码为 {detail} 的地方。", "There is no place {detail}."},
    Entry{"error.pack.no_such_pack", "没有内容包 {detail}。", "There is no pack {detail}."},
    Entry{"error.pack.exists", "{detail} 已存在，请换一个名字。",
          "{detail} exists already: choose another name."},
    Entry{"error.pack.bad_name", "“{detail}”不能作内容包的名字：用小写字母、数字和下划线。",
          "{detail} cannot be a pack's name: small letters, digits and _."},
    Entry{"error.plan.unknown", "没有载入规划 {detail}。", "There is no plan {detail} here."},
    Entry{"error.backup.exists", "{detail} 已存在，请换一个目录。",
          "{detail} exists already: choose another folder."},
    Entry{"error.backup.failed", "备份或恢复失败：{detail}",
          "The backup or restore failed: {detail}"},
    Entry{"error.account.not_found", "没有账号 {detail}。", "There is no account {detail}."},
    Entry{"error.account.name_taken", "登录名已有人使用。", "The sign-in name is taken."},
    Entry{"error.account.bad_name", "登录名不合要求：至少两个字母、数字或 . _ -。",
          "That is no sign-in name: at least two letters, digits or . _ -."},
    Entry{"error.grant.bad", "“{detail}”应写作 角色@地方代码，如 planner@620802。",
          "{detail} is no grant: write ROLE@PLACE, such as planner@620802."},
    Entry{"error.grant.unknown_role", "没有这个角色：{detail}", "There is no such role: {detail}"},
    Entry{"error.grant.bad_level", "这个角色不能授予这一级：{detail}",
          "That role cannot be given at this level: {detail}"},
    Entry{"error.password.too_short", "密码太短。", "The password is too short."},
    Entry{"error.register.not_found", "没有登记种类 {detail}。", "There is no register {detail}."},
    Entry{"error.osm.missing", "找不到地图文件 {detail}。", "There is no map file {detail}."},
    Entry{"error.osm.broken", "地图文件无法读取：{detail}。请重新下载。",
          "The map file cannot be read: {detail}. Download it again."},
    Entry{"error.osm.too_large", "地图文件过大，请只取本市或本省的范围。",
          "The map file is too large: take the extract of the city or province."},
    Entry{"error.geo.empty", "地图文件中没有可通行的街道。", "The map file holds no street."},
    Entry{"error.network.unwritable", "无法写入 {detail}。", "{detail} cannot be written."},
    Entry{"error.import.no_columns", "表头没有一列是这种登记的字段。",
          "No column of the first line is a field of that register."},
    Entry{"error.import.no_file", "找不到文件 {detail}。", "There is no file {detail}."},
    Entry{"error.import.bad_header", "{detail} 的表头应以 code,name 开头。",
          "The first line of {detail} must begin with code,name."},
    Entry{"error.workbook.invalid", "Excel 文件无法读取：{detail}",
          "The workbook cannot be read: {detail}"},
    Entry{"error.workbook.old", "这是旧格式（.xls）或加了密码的文件，请另存为 .xlsx。",
          "The file is of the old format (.xls) or has a password: save it as .xlsx."},
    Entry{"error.csv.invalid", "表格文件有误：{detail}", "The file is no table: {detail}"},
    Entry{"error.demo.no_villages", "{detail} 下没有社区（村），请先导入行政区划。",
          "There is no village under {detail}: import its places first."},
    Entry{"error.demo.not_empty", "{detail} 已有数据，演示城市只建在空的地方。",
          "{detail} is in use: a demo city is made on empty ground."},
    Entry{"error.demo.bad_content", "演示内容无法读取：{detail}",
          "The content of the demo cannot be read: {detail}"},
    Entry{"error.installation.bad_connections",
          "settings.json 的 connections 应为 1 至 1000，而不是 {detail}。",
          "connections in settings.json must be 1 to 1000, not {detail}."},
    Entry{"error.key.missing", "找不到密钥文件 {detail}，请放回它的副本。",
          "There is no key file {detail}: put its copy back."},
    Entry{"error.key.invalid", "密钥文件 {detail} 已损坏，请放回它的副本。",
          "The key file {detail} is broken: put its copy back."},
    Entry{"error.key.unreadable", "无法读取密钥文件 {detail}，请检查权限。",
          "The key file {detail} cannot be read: check its permissions."},
    Entry{"error.key.unwritable", "无法写入密钥文件 {detail}，请检查目录权限和磁盘空间。",
          "The key file {detail} cannot be written: check its folder and the disk space."},
    Entry{"error.net.bad_certificate", "证书或其私钥有误：{detail}",
          "The certificate or its key is wrong: {detail}"},
    Entry{"error.file.missing", "找不到文件 {detail}。", "There is no file {detail}."},
};

const Entry* find(std::span<const Entry> entries, std::string_view key) {
  const auto found = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& each) { return each.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

std::string words(Language language, std::string_view key, Arguments arguments) {
  const Entry* entry = find(kEntries, key);
  if (entry == nullptr) entry = find(help_entries(), key);
  std::string text;
  if (entry == nullptr) {
    text = std::string(key);
    for (const auto& [name, value] : arguments) {
      if (!value.empty()) text += " (" + value + ")";
    }
    return text;
  }
  text = language == Language::zh ? entry->zh : entry->en;
  for (const auto& [name, value] : arguments) {
    const std::string hole = "{" + std::string(name) + "}";
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at)) {
      text.replace(at, hole.size(), value);
      at += value.size();
    }
  }
  return text;
}

}  // namespace linli::app
