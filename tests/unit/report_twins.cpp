#include "tests/unit/report_twins.h"

#include <optional>
#include <utility>
#include <vector>

#include "gate/json/value.h"
#include "gate/xml/element.h"

namespace gate::test {
namespace {

using Emit = std::function<void(std::string what, std::string twin)>;

// ---- JSON ----

using EmitValue = std::function<void(std::string what, json::Value twin)>;

// A copy of the object in which one member has another name or value.
json::Value with_member(const json::Object& object, const std::string& old_key, const std::string& key,
                        const json::Value& value) {
  json::Value copy{json::Object{}};
  for (const auto& [name, member] : object.members()) {
    if (name == old_key) {
      copy[key] = value;
    } else {
      copy[name] = member;
    }
  }
  return copy;
}

void change(const json::Value& value, const std::string& pointer, const EmitValue& emit) {
  if (const json::Array* array = value.array()) {
    emit("null " + pointer, nullptr);
    if (!array->empty()) emit("empty " + pointer, json::Array{});
    for (std::size_t i = 0; i < array->size(); ++i) {
      change((*array)[i], pointer + "/*", [&](std::string name, json::Value element) {
        json::Array copy = *array;
        copy[i] = std::move(element);
        emit(std::move(name), std::move(copy));
      });
    }
  } else if (const json::Object* object = value.object()) {
    for (const auto& [key, member] : object->members()) {
      emit("rename " + pointer + "/" + key, with_member(*object, key, key + "_x", member));
      change(member, pointer + "/" + key, [&](std::string name, json::Value changed) {
        emit(std::move(name), with_member(*object, key, key, changed));
      });
    }
  }
}

// Objects one after the other, taken apart by their braces; nothing where one of them is no JSON.
std::optional<std::vector<json::Value>> stream_of(std::string_view text) {
  std::vector<json::Value> values;
  std::size_t depth = 0, from = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_string && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      in_string = !in_string;
    } else if (!in_string && text[i] == '{') {
      if (depth++ == 0) from = i;
    } else if (!in_string && text[i] == '}' && depth > 0 && --depth == 0) {
      auto value = json::parse(text.substr(from, i + 1 - from), "sample");
      if (!value) return std::nullopt;
      values.push_back(std::move(*value));
    }
  }
  return depth == 0 && !in_string ? std::optional(std::move(values)) : std::nullopt;
}

void json_twins(const std::string& report, const Emit& emit) {
  if (const auto value = json::parse(report, "sample")) {
    return change(*value, "",
                  [&](std::string what, const json::Value& twin) { emit(std::move(what), json::to_string(twin)); });
  }
  const auto values = stream_of(report);
  if (!values) return;
  for (std::size_t i = 0; i < values->size(); ++i) {
    change((*values)[i], "/*", [&](std::string what, const json::Value& twin) {
      std::string text;
      for (std::size_t j = 0; j < values->size(); ++j) text += json::to_string(i == j ? twin : (*values)[j]) + "\n";
      emit(std::move(what), std::move(text));
    });
  }
}

// ---- XML ----

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

// Prefixes are not kept, so that each element says its namespace; attributes of one are left out.
std::string to_text(const xml::Element& element, const std::string& space_around) {
  std::string out = "<" + element.name;
  if (element.space != space_around) out += " xmlns=\"" + escaped(element.space) + "\"";
  for (const xml::Attribute& attribute : element.attributes) {
    if (attribute.space.empty()) out += " " + attribute.name + "=\"" + escaped(attribute.value) + "\"";
  }
  out += ">" + escaped(element.text);
  for (const xml::Element& child : element.children) out += to_text(child, element.space);
  return out + "</" + element.name + ">";
}

// Changes the element in place, and puts it back after each change.
void change(xml::Element& element, const std::string& parent, const std::function<void(std::string what)>& emit) {
  const std::string path = parent + "/" + element.name;
  const auto renamed = [&](std::string& name, std::string what) {
    const std::string kept = std::exchange(name, name + "_x");
    emit(std::move(what));
    name = kept;
  };
  renamed(element.name, "rename " + path);
  for (xml::Attribute& attribute : element.attributes) {
    if (attribute.space.empty()) renamed(attribute.name, "rename " + path + "/@" + attribute.name);
  }
  if (!element.children.empty()) {
    const auto kept = std::exchange(element.children, {});
    emit("empty " + path);
    element.children = kept;
  }
  for (xml::Element& child : element.children) change(child, path, emit);
}

void xml_twins(const std::string& report, const Emit& emit) {
  auto root = xml::parse(report, "sample");
  if (!root) return;
  emit("nothing", to_text(*root, ""));
  change(*root, "", [&](std::string what) { emit(std::move(what), to_text(*root, "")); });
}

// ---- lines ----

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (;;) {
    const auto end = text.find(mark);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string joined(const std::vector<std::string>& parts, char mark) {
  std::string text;
  for (const std::string& part : parts) text += (&part == &parts.front() ? "" : std::string(1, mark)) + part;
  return text;
}

void csv_twins(const std::string& report, const Emit& emit) {
  auto lines = split(report, '\n');
  std::vector<std::string> columns;
  std::size_t head = 0;
  while (head < lines.size() && lines[head].starts_with('#')) ++head;
  if (head == lines.size()) return;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string kept = lines[i];
    const auto cells = split(kept, ',');
    if (i == head) columns = cells;
    for (std::size_t j = 0; j < cells.size() && !kept.empty(); ++j) {
      auto changed = cells;
      const bool is_name = i <= head;
      const std::string name = i < head ? cells[j].substr(0, cells[j].find(':')) : j < columns.size() ? columns[j] : "";
      changed[j] = is_name ? "x_" + cells[j] : "";
      lines[i] = joined(changed, ',');
      emit((is_name ? "rename " : "empty ") + name, joined(lines, '\n'));
      lines[i] = kept;
    }
  }
  lines.resize(head + 1);
  emit("empty rows", joined(lines, '\n') + "\n");
}

void tag_twins(const std::string& report, const Emit& emit) {
  auto lines = split(report, '\n');
  for (std::string& line : lines) {
    const auto colon = line.find(": ");
    if (line.starts_with('#') || colon == std::string::npos) continue;
    const std::string kept = line, tag = line.substr(0, colon);
    line.insert(colon, "X");
    emit("rename " + tag, joined(lines, '\n'));
    line = tag + ": ";
    emit("empty " + tag, joined(lines, '\n'));
    line = kept;
  }
}

}  // namespace

void for_each_twin(std::string_view extension, const std::string& report, const Emit& emit) {
  if (extension == ".json") json_twins(report, emit);
  if (extension == ".xml") xml_twins(report, emit);
  if (extension == ".csv") csv_twins(report, emit);
  if (extension == ".spdx") tag_twins(report, emit);
}

}  // namespace gate::test
