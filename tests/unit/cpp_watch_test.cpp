#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "adapters/cpp/watch.h"
#include "tests/unit/support.h"

namespace gate::cpp {
namespace {

using Names = std::vector<std::string>;

std::vector<model::Ban> bans(const Names& names) {
  std::vector<model::Ban> bans;
  for (const std::string& name : names) bans.push_back({Entity::function, name, {}});
  return bans;
}

Names names_of(const std::vector<const model::Ban*>& bans) {
  Names names;
  for (const model::Ban* ban : bans) names.push_back(ban->name);
  return names;
}

Names matches(const Names& watched, const Declared& declared) {
  return names_of(Watch(bans(watched)).matches(declared));
}

Declared library(std::string name) { return {.name = std::move(name), .outside = true}; }
Declared standard(std::string name, bool is_template = true) {
  return {.name = std::move(name), .scope = "std", .is_template = is_template, .outside = true};
}

TEST(CppWatch, CFunctionsAnswerToBothNames) {
  EXPECT_EQ(matches({"strcpy"}, library("strcpy")), Names{"strcpy"});
  EXPECT_EQ(matches({"std::strcpy"}, library("strcpy")), Names{"std::strcpy"});
  EXPECT_EQ(matches({"strcpy"}, standard("strcpy", false)), Names{"strcpy"});
  EXPECT_EQ(matches({"strcpy", "std::strcpy"}, library("strcpy")), (Names{"std::strcpy", "strcpy"}));
  EXPECT_EQ(matches({"strcpy", "strcpy"}, library("strcpy")), Names{"strcpy"});
  EXPECT_EQ(matches({"gets"}, library("strcpy")), Names{});
}

TEST(CppWatch, FormsOfTheLibrarysFunctions) {
  for (const char* form : {"__builtin_strcpy", "__builtin___strcpy_chk", "__strcpy_chk", "__strcpy_chk_warn",
                           "__strcpy_alias", "__strcpy"}) {
    EXPECT_EQ(matches({"strcpy"}, library(form)), Names{"strcpy"}) << form;
  }
  EXPECT_EQ(matches({"sscanf"}, library("__isoc99_sscanf")), Names{"sscanf"});
  EXPECT_EQ(matches({"sscanf"}, library("__isoc23_sscanf")), Names{"sscanf"});
  EXPECT_EQ(matches({"alloca"}, library("__builtin_alloca_with_align")), Names{"alloca"});
  EXPECT_EQ(matches({"strcpy"}, library("strcpy_chk")), Names{});
  EXPECT_EQ(matches({"strcpy"}, {.name = "__strcpy"}), Names{}) << "a project's own";
  EXPECT_EQ(matches({"strcpy"}, {.name = "innocent", .asm_label = "strcpy"}), Names{"strcpy"});
  EXPECT_EQ(matches({"strcpy"}, {.name = "innocent", .asm_label = "\1__strcpy_chk"}), Names{"strcpy"});
}

TEST(CppWatch, OwnFunctionsOfALibrarysName) {
  EXPECT_EQ(matches({"strcpy"}, {.name = "strcpy", .own = true}), Names{});
  EXPECT_EQ(matches({"std::strcpy"}, {.name = "strcpy", .own = true}), Names{});
  EXPECT_EQ(matches({"strcpy"}, {.name = "strcpy"}), Names{"strcpy"}) << "declared by hand";
  EXPECT_EQ(matches({"::strcpy"}, {.name = "strcpy", .own = true}), Names{"::strcpy"});
  EXPECT_EQ(matches({"strcpy"}, {.name = "strcpy", .scope = "mine"}), Names{});
}

TEST(CppWatch, NamesThatAreNoLibrarysAreWhoevers) {
  EXPECT_EQ(matches({"acme_copy"}, {.name = "acme_copy", .own = true}), Names{"acme_copy"});
  EXPECT_EQ(matches({"acme::copy"}, {.name = "copy", .scope = "acme", .own = true}), Names{"acme::copy"});
  EXPECT_EQ(matches({"acme::copy"}, {.name = "copy", .scope = "acme::detail"}), Names{});
  EXPECT_EQ(matches({"copy"}, standard("copy")), Names{});
}

TEST(CppWatch, CxxFunctionsStayInStd) {
  EXPECT_EQ(matches({"std::random_shuffle"}, standard("random_shuffle")), Names{"std::random_shuffle"});
  EXPECT_EQ(matches({"std::random_shuffle"}, {.name = "random_shuffle", .is_template = true}), Names{});
}

TEST(CppWatch, CallsThatATemplateLeavesOpen) {
  EXPECT_EQ(names_of(Watch(bans({"strcpy", "::strcpy", "std::strcpy"})).matches_open_call("strcpy")),
            (Names{"::strcpy", "strcpy"}));
  EXPECT_EQ(names_of(Watch(bans({"strcpy"})).matches_open_call("copy")), Names{});
}

// What a pasting may make is looked for among the spellings; what stands in a text is asked for.
TEST(CppWatch, SpellingsAreWhatItConcerns) {
  std::vector<model::Ban> all = bans({"strcpy", "alloca", "std::sscanf", "acme::copy"});
  all.push_back({Entity::type, "std::auto_ptr", {}});
  all.push_back({Entity::macro, "ACME", {}});
  all.push_back({Entity::attribute, "gnu::weak", {}});
  for (const char* construct :
       {"asm", "computed_goto", "const_cast", "delete", "dynamic_cast", "dynamic_exception_specification", "goto",
        "new", "register", "reinterpret_cast", "throw", "try", "typeid", "union", "using_namespace"})
    all.push_back({Entity::construct, construct, {}});
  const Watch watch(all);
  const Names spellings = watch.spellings();
  for (const std::string& word : spellings) EXPECT_TRUE(watch.concerns(word)) << word;
  for (const char* word :
       {"strcpy", "__strcpy", "__strcpy_chk", "__builtin_strcpy", "__builtin___strcpy_chk", "__strcpy_chk_warn",
        "__isoc99_sscanf", "__builtin___isoc23_sscanf", "__builtin_alloca_with_align_uninitialized", "copy", "auto_ptr",
        "ACME", "weak", "__weak__", "__asm__", "goto", "register", "using"}) {
    EXPECT_TRUE(watch.concerns(word)) << word;
    EXPECT_NE(std::ranges::find(spellings, word), spellings.end()) << word;
  }
  EXPECT_FALSE(watch.concerns("strcmp"));
}

// A name of a list that is not known here would be any function of this name, also a project's own.
TEST(CppWatch, EveryNameOfTheListsForTheCLibraryIsKnown) {
  const std::regex entry(R"(\{name: (\w+), (?!entity))");
  for (const char* list : {"c-unsafe", "format-string", "wrong-size", "race-prone", "banned-git"}) {
    const std::string text = test::read(test::source_dir() + "/policies/lists/" + list + ".yaml");
    std::size_t names = 0;
    for (std::sregex_iterator match(text.begin(), text.end(), entry), end; match != end; ++match, ++names) {
      EXPECT_TRUE(is_library_name((*match)[1].str())) << list << ": " << (*match)[1];
    }
    EXPECT_GT(names, 10u) << list;
  }
}

}  // namespace
}  // namespace gate::cpp
