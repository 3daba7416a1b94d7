#include "adapters/cpp/facts_cache.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <limits>

#include "gate/crypto/digest.h"

namespace gate::cpp {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "gate facts 3\n";
constexpr std::string_view ending = ".gate-facts";
constexpr std::size_t digest_bytes = 32;
constexpr std::size_t most_packs = 1000;
constexpr std::uint32_t most_inputs = 1u << 20;  // what one takes in memory is a multiple of what it takes in a pack
constexpr char in_root = '\1';  // starts the stored name of a path inside the root; no absolute path starts so

std::optional<std::string> read_whole(const fs::path& path, std::uint64_t most) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  const auto size = fs::file_size(path, error);
  if (error || size > most) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return bytes;
}

bool write_new(const std::string& path, std::string_view bytes) {
  ::unlink(path.c_str());
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return false;
  std::FILE* stream = ::fdopen(file, "wb");
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stream) == bytes.size();
  return std::fclose(stream) == 0 && written;
}

// Numbers are little-endian; texts have their length before them.
class Writer {
 public:
  void number(std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes_.push_back(static_cast<char>(value >> (8 * i)));
  }
  void raw(std::string_view text) { bytes_.append(text); }
  void text(std::string_view text) {
    number(static_cast<std::uint32_t>(text.size()));
    raw(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Every read is checked; after the first that fails, all fail.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint32_t number() {
    const std::string_view bytes = raw(4);
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
  }
  std::string_view raw(std::size_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::string_view text() { return raw(number()); }
  // A count of things of at least `least` bytes each.
  std::uint32_t count(std::size_t least) {
    const std::uint32_t value = number();
    if (value > rest_.size() / least) good_ = false;
    return good_ ? value : 0;
  }
  bool good() const { return good_; }
  bool at_end() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace

FactsCache::FactsCache(const CacheRequest& request, const Paths& paths) : request_(request), paths_(paths) {
  if (request_.folder.empty()) return;
  std::error_code error;
  for (fs::directory_iterator file(request_.folder, error), end; !error && file != end; file.increment(error)) {
    if (file->path().extension() == ending) packs_.push_back(file->path().filename().string());
    if (packs_.size() == most_packs) break;
  }
  std::sort(packs_.begin(), packs_.end());
  std::uint64_t left = 4 * request_.most_bytes;
  for (const std::string& name : packs_) {
    const auto bytes = read_whole(fs::path(request_.folder) / name, left);
    if (bytes) left -= bytes->size();
    if (!bytes || !read(*bytes)) ignored_.push_back(name);
  }
  changed_ = packs_.size() > 1 || !ignored_.empty();
}

std::string FactsCache::authenticator(std::string_view bytes) const {
  return request_.key.empty() ? crypto::sha256(bytes) : crypto::hmac_sha256(request_.key, bytes);
}

// All of a pack or nothing of it.
bool FactsCache::read(std::string_view pack) {
  if (pack.size() < magic.size() + digest_bytes || !pack.starts_with(magic)) return false;
  const std::string_view signed_part = pack.substr(0, pack.size() - digest_bytes);
  if (authenticator(signed_part) != pack.substr(signed_part.size())) return false;
  Reader reader(signed_part.substr(magic.size()));

  std::vector<Input> inputs;
  const std::uint32_t input_count = reader.count(9);
  if (input_count > most_inputs) return false;
  inputs.reserve(input_count);
  for (std::uint32_t i = 0; i < input_count && reader.good(); ++i) {
    Input input;
    const std::string_view seen = reader.raw(1);
    if (seen.empty() || static_cast<unsigned char>(seen[0]) > static_cast<unsigned char>(Seen::listing)) return false;
    input.seen = static_cast<Seen>(seen[0]);
    input.path = reader.text();
    if (!input.path.starts_with('/') && !input.path.starts_with(in_root)) return false;
    if (input.seen >= Seen::file) input.digest = reader.raw(digest_bytes);
    input.real = reader.text();
    inputs.push_back(std::move(input));
  }
  std::map<std::string, Entry> entries;
  const std::uint32_t entry_count = reader.count(16);
  for (std::uint32_t i = 0; i < entry_count && reader.good(); ++i) {
    std::string key(reader.text());
    Entry entry;
    entry.age = reader.number();
    const std::uint32_t references = reader.count(4);
    if (references == 0) return false;  // no unit is read without reading something
    entry.inputs.reserve(references);
    for (std::uint32_t j = 0; j < references; ++j) {
      const std::uint32_t input = reader.number();
      if (input >= inputs.size()) return false;
      entry.inputs.push_back(input);
    }
    entry.report = reader.text();
    entries.emplace(std::move(key), std::move(entry));
  }
  if (!reader.at_end()) return false;

  if (inputs_.empty()) {  // mostly there is one pack, whose own numbers will do
    inputs_ = std::move(inputs);
    checked_.resize(inputs_.size(), Checked::not_yet);
    entries_ = std::move(entries);
    return true;
  }
  std::vector<std::uint32_t> numbers;
  numbers.reserve(inputs.size());
  for (const Input& input : inputs) numbers.push_back(number(input));
  for (auto& [key, entry] : entries) {
    for (std::uint32_t& input : entry.inputs) input = numbers[input];
    const auto [known, added] = entries_.try_emplace(key, entry);
    if (!added && entry.age < known->second.age) known->second = std::move(entry);
  }
  return true;
}

std::uint32_t FactsCache::number(const Input& input) {
  for (; numbered_ < inputs_.size(); ++numbered_) numbers_.try_emplace(inputs_[numbered_], numbered_);
  const auto [known, added] = numbers_.try_emplace(input, static_cast<std::uint32_t>(inputs_.size()));
  if (added) {
    inputs_.push_back(input);
    checked_.push_back(Checked::not_yet);
  }
  return known->second;
}

std::string FactsCache::stored(const std::string& absolute) const {
  if (absolute == paths_.root()) return std::string(1, in_root);
  if (auto inside = paths_.inside(absolute)) return in_root + *inside;
  return absolute;
}

// Where links lead is told where it is not told by the path already.
Input FactsCache::stored(const Input& input) const {
  Input kept{stored(input.path), input.seen, input.digest, input.real.empty() ? std::string() : stored(input.real)};
  if (kept.real == kept.path) kept.real.clear();
  return kept;
}

std::string FactsCache::absolute(const std::string& stored) const {
  if (!stored.starts_with(in_root)) return stored;
  return stored.size() == 1 ? paths_.root() : paths_.root() + "/" + stored.substr(1);
}

bool FactsCache::unchanged(std::uint32_t index) {
  Checked& checked = checked_[index];
  if (checked == Checked::not_yet) checked = is_as_it_was(inputs_[index], links_) ? Checked::same : Checked::changed;
  return checked == Checked::same;
}

bool FactsCache::is_as_it_was(const Input& then, Links& links) const {
  return then.seen != Seen::unreadable && stored(look(absolute(then.path), then.seen, links)) == then;
}

void FactsCache::check(const std::vector<std::string>& keys, int threads) {
  std::vector<bool> wanted(inputs_.size());
  for (const std::string& key : keys) {
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) continue;
    for (const std::uint32_t input : entry->second.inputs) wanted[input] = checked_[input] == Checked::not_yet;
  }
  std::vector<std::uint32_t> todo;
  for (std::uint32_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i]) todo.push_back(i);
  }
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    Links links;
    constexpr std::size_t at_once = 32;
    for (std::size_t from; (from = next.fetch_add(at_once)) < todo.size();) {
      for (std::size_t i = from; i < std::min(from + at_once, todo.size()); ++i)
        checked_[todo[i]] = is_as_it_was(inputs_[todo[i]], links) ? Checked::same : Checked::changed;
    }
  };
  std::vector<std::future<void>> helpers;
  for (int i = 1; i < threads && todo.size() > static_cast<std::size_t>(i) * 256; ++i)
    helpers.push_back(std::async(std::launch::async, work));
  work();
  for (auto& helper : helpers) helper.get();
}

std::optional<std::string> FactsCache::find(const std::string& key) {
  const auto entry = entries_.find(key);
  if (entry == entries_.end()) return std::nullopt;
  const auto& inputs = entry->second.inputs;
  if (!std::all_of(inputs.begin(), inputs.end(), [&](std::uint32_t input) { return unchanged(input); }))
    return std::nullopt;
  entry->second.wanted = true;
  return entry->second.report;
}

std::set<std::string> FactsCache::files_of(const std::vector<std::string>& keys) const {
  std::vector<bool> read(inputs_.size());
  for (const std::string& key : keys) {
    const auto entry = entries_.find(key);
    if (entry == entries_.end()) continue;
    for (const std::uint32_t index : entry->second.inputs) read[index] = inputs_[index].seen == Seen::file;
  }
  std::set<std::string> files;
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const std::string& name = inputs_[i].real.empty() ? inputs_[i].path : inputs_[i].real;
    if (!read[i] || !name.starts_with(in_root)) continue;
    const bool is_normal = name.find("/.") == std::string::npos && name.find("//") == std::string::npos;
    files.insert(is_normal ? name.substr(1) : fs::path(name.substr(1)).lexically_normal().string());
  }
  return files;
}

std::vector<Input> FactsCache::inputs_of(const std::string& key) const {
  std::vector<Input> inputs;
  const auto entry = entries_.find(key);
  if (entry == entries_.end()) return inputs;
  for (const std::uint32_t index : entry->second.inputs) {
    const Input& kept = inputs_[index];
    const std::string real = kept.real.empty() ? std::string() : absolute(kept.real);
    inputs.push_back({absolute(kept.path), kept.seen, kept.digest, real});
  }
  return inputs;
}

void FactsCache::keep(const std::string& key, const std::vector<Input>& inputs, std::string report) {
  if (request_.folder.empty() || !request_.save || inputs.empty()) return;
  Entry entry;
  for (const Input& input : inputs) {
    if (input.seen == Seen::unreadable) return;
    entry.inputs.push_back(number(stored(input)));
  }
  std::sort(entry.inputs.begin(), entry.inputs.end());
  entry.report = std::move(report);
  entry.wanted = true;
  entries_[key] = std::move(entry);
  changed_ = true;
}

// In runs that saved; it stands still at its end.
std::uint32_t FactsCache::age_of(const Entry& entry) {
  return entry.wanted ? 0 : entry.age + (entry.age < std::numeric_limits<std::uint32_t>::max());
}

// Inputs are numbered anew, so that the same entries give the same bytes.
std::string FactsCache::pack(std::vector<std::map<std::string, Entry>::const_iterator> entries) const {
  std::vector<std::uint32_t> used;
  for (const auto& entry : entries) used.insert(used.end(), entry->second.inputs.begin(), entry->second.inputs.end());
  std::sort(used.begin(), used.end(), [&](auto a, auto b) { return inputs_[a] < inputs_[b]; });
  used.erase(std::unique(used.begin(), used.end()), used.end());
  std::vector<std::uint32_t> place(inputs_.size());
  Writer writer;
  writer.raw(magic);
  writer.number(static_cast<std::uint32_t>(used.size()));
  for (std::size_t i = 0; i < used.size(); ++i) {
    const Input& input = inputs_[used[i]];
    place[used[i]] = static_cast<std::uint32_t>(i);
    writer.raw(std::string(1, static_cast<char>(input.seen)));
    writer.text(input.path);
    writer.raw(input.digest);
    writer.text(input.real);
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a->first < b->first; });
  writer.number(static_cast<std::uint32_t>(entries.size()));
  for (const auto& entry : entries) {
    writer.text(entry->first);
    writer.number(age_of(entry->second));
    writer.number(static_cast<std::uint32_t>(entry->second.inputs.size()));
    std::vector<std::uint32_t> places;
    for (const std::uint32_t input : entry->second.inputs) places.push_back(place[input]);
    std::sort(places.begin(), places.end());
    for (const std::uint32_t input : places) writer.number(input);
    writer.text(entry->second.report);
  }
  std::string bytes = writer.take();
  return bytes += authenticator(bytes);
}

Status FactsCache::save() {
  if (request_.folder.empty() || !request_.save || !changed_) return Done{};
  std::vector<std::map<std::string, Entry>::const_iterator> entries;
  for (auto entry = entries_.cbegin(); entry != entries_.cend(); ++entry) entries.push_back(entry);
  std::ranges::stable_sort(entries, {}, [](const auto& entry) { return age_of(entry->second); });
  std::uint64_t size = magic.size() + digest_bytes + 8;
  std::size_t kept = 0;
  std::vector<bool> counted(inputs_.size());
  for (; kept < entries.size(); ++kept) {
    const auto& [key, entry] = *entries[kept];
    size += key.size() + entry.report.size() + 4 * entry.inputs.size() + 16;
    for (const std::uint32_t input : entry.inputs) {
      if (counted[input]) continue;
      counted[input] = true;
      size += inputs_[input].path.size() + inputs_[input].digest.size() + inputs_[input].real.size() + 9;
    }
    if (size > request_.most_bytes) break;
  }
  entries.resize(kept);
  const std::string bytes = pack(std::move(entries));

  const auto complain = [&](const std::string& why) {
    return Error{Errc::unreadable, "the facts cannot be kept: " + why, {request_.folder, {}, {}}};
  };
  std::error_code error;
  fs::create_directories(request_.folder, error);
  const std::string name = crypto::sha256_hex(bytes).substr(0, 16) + std::string(ending);
  const std::string target = request_.folder + "/" + name;
  const std::string partial = target + "." + std::to_string(::getpid());
  if (!write_new(partial, bytes)) {
    ::unlink(partial.c_str());
    return complain("the folder cannot be written");
  }
  fs::rename(partial, target, error);
  if (error) return complain(error.message());
  for (const std::string& old : packs_) {
    if (old != name) fs::remove(fs::path(request_.folder) / old, error);
  }
  return Done{};
}

}  // namespace gate::cpp
