#include "gate/app/project.h"

#include <filesystem>

#include "gate/crypto/digest.h"
#include "gate/host/host.h"

namespace gate::app {

Result<Project> Project::open() {
  Project project;
  project.started_in_ = host::working_directory();
  project.root_ = project.started_in_;
  if (auto repository = git::Repository::open(project.started_in_); repository) {
    project.root_ = repository->root();
    project.repository_ = std::move(*repository);
  } else if (repository.error().code != Errc::not_found) {
    return repository.error();
  }
  if (Status entered = host::enter(project.root_); !entered) return entered.error();
  return project;
}

std::string Project::from_command_line(const std::string& path) const {
  const auto absolute = (std::filesystem::path(started_in_) / path).lexically_normal();
  const auto relative = absolute.lexically_relative(root_);
  std::string text = relative.empty() || *relative.begin() == ".." ? absolute.string() : relative.string();
  if (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

Result<Document> Project::read_trusted(const std::string& path, std::uint64_t cap) const {
  if (!policy_commit_ || std::filesystem::path(path).is_absolute()) return host::read_file(path, cap);
  auto bytes = repository_->read_file(*policy_commit_, path, cap);
  if (!bytes) {
    Error error = bytes.error();
    error.what += " (read from the base commit " + policy_commit_->substr(0, 12) +
                  ", so that a change cannot relax its own gate; land the file there first)";
    error.where.artifact = path;
    return error;
  }
  Document document{std::move(*bytes), {path, {}, {}}};
  document.origin.sha256 = crypto::sha256_hex(document.bytes);
  return document;
}

}  // namespace gate::app
