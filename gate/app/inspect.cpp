#include <algorithm>
#include <cstdio>

#include "adapters/formats/formats.h"
#include "gate/app/app.h"
#include "gate/app/catalogue.h"
#include "gate/app/gather.h"
#include "gate/evidence/facts_json.h"
#include "gate/host/host.h"

namespace gate::app {
namespace {

int print(const FactBatch& batch) {
  std::fputs(json::to_pretty_string(evidence::to_json(batch)).c_str(), stdout);
  for (const Error& problem : batch.problems) std::fprintf(stderr, "gate: %s\n", describe(problem).c_str());
  return batch.problems.empty() ? 0 : 3;
}

}  // namespace

int inspect(const std::string& format_name, const std::string& path, const SourceOptions& sources) {
  if (format_name == "compile-commands" || format_name == "binary") {
    auto project = Project::open();
    if (!project) {
      std::fprintf(stderr, "gate: %s\n", describe(project.error()).c_str());
      return 3;
    }
    std::vector<evidence::InputRecord> records;
    const std::string name = project->from_command_line(path);
    return print(format_name == "binary" ? gather_imports(*project, {name}, usual_bans(), sources.jobs, records)
                                         : gather_source_uses(*project, name, usual_bans(), sources, {}, records));
  }
  const auto& all = formats::all();
  const auto format = std::find_if(all.begin(), all.end(), [&](const Format& f) { return f.name == format_name; });
  if (format == all.end()) {
    std::fprintf(stderr, "gate: no format '%s'; there are binary, compile-commands", format_name.c_str());
    for (const Format& known : all) std::fprintf(stderr, ", %s", std::string(known.name).c_str());
    std::fputc('\n', stderr);
    return 2;
  }
  const auto document = host::read_file(path);
  if (!document) return print(nothing_seen(format->yields, document.error()));
  auto batch = format->parse(*document);
  return print(batch ? *batch : nothing_seen(format->yields, batch.error()));
}

}  // namespace gate::app
