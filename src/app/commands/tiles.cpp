#include <fstream>

#include "app/commands/commands.h"
#include "domain/maps/api.h"

namespace linli::app {

int export_tiles(Terminal& terminal, const Common& common, const std::string& place,
                 const std::string& file) {
  const auto run = [&]() -> Done {
    auto installation = TRY(Installation::open(TRY(configuration_of(common)), false, true));
    TRY(installation->start(time::now()));
    host::Services& services = installation->services();
    const std::string wanted = place.empty() ? services.settings.region : place;
    maps::Maps maps;
    const maps::Package package =
        TRY(maps::make_package(services, maps, TRY(region::Code::parse(wanted)), time::now()));
    std::ofstream out(file, std::ios::binary);
    out << tiles::write_pmtiles(package.archive, maps::kPackageLeastZoom, package.most_zoom);
    if (!out.flush()) return refuse(ErrorKind::invalid, "installation.unwritable", file);
    terminal.say("export.tiles",
                 {{"tiles", std::to_string(package.archive.tiles.size())}, {"file", file}});
    return {};
  };
  const Done done = run();
  return done ? 0 : terminal.fail(done.error());
}

}  // namespace linli::app
