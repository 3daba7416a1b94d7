#include <gtest/gtest.h>

#include <regex>

#include "adapters/cpp/watch.h"
#include "tests/unit/support.h"

namespace gate::cpp {
namespace {

using Names = std::vector<std::string>;

Declared library(std::string name) { return {.name = std::move(name), .outside = true}; }
Declared standard(std::string name, bool is_template = true) {
  return {.name = std::move(name), .scope = "std", .is_template = is_template, .outside = true};
}

TEST(CppWatch, CFunctionsAnswerToBothNames) {
  EXPECT_EQ(Watch({"strcpy"}).matches(library("strcpy")), Names{"strcpy"});
  EXPECT_EQ(Watch({"std::strcpy"}).matches(library("strcpy")), Names{"std::strcpy"});
  EXPECT_EQ(Watch({"strcpy"}).matches(standard("strcpy", false)), Names{"strcpy"});
  EXPECT_EQ(Watch({"strcpy", "std::strcpy"}).matches(library("strcpy")), (Names{"std::strcpy", "strcpy"}));
  EXPECT_EQ(Watch({"strcpy", "strcpy"}).matches(library("strcpy")), Names{"strcpy"});
  EXPECT_EQ(Watch({"gets"}).matches(library("strcpy")), Names{});
}

TEST(CppWatch, FormsOfTheLibrarysFunctions) {
  for (const char* form : {"__builtin_strcpy", "__builtin___strcpy_chk", "__strcpy_chk", "__strcpy_chk_warn",
                           "__strcpy_alias", "__strcpy"}) {
    EXPECT_EQ(Watch({"strcpy"}).matches(library(form)), Names{"strcpy"}) << form;
  }
  EXPECT_EQ(Watch({"sscanf"}).matches(library("__isoc99_sscanf")), Names{"sscanf"});
  EXPECT_EQ(Watch({"sscanf"}).matches(library("__isoc23_sscanf")), Names{"sscanf"});
  EXPECT_EQ(Watch({"alloca"}).matches(library("__builtin_alloca_with_align")), Names{"alloca"});
  EXPECT_EQ(Watch({"strcpy"}).matches(library("strcpy_chk")), Names{});
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "__strcpy"}), Names{}) << "a project's own";
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "innocent", .asm_label = "strcpy"}), Names{"strcpy"});
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "innocent", .asm_label = "\1__strcpy_chk"}), Names{"strcpy"});
}

TEST(CppWatch, OwnFunctionsOfALibrarysName) {
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "strcpy", .own = true}), Names{});
  EXPECT_EQ(Watch({"std::strcpy"}).matches({.name = "strcpy", .own = true}), Names{});
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "strcpy"}), Names{"strcpy"}) << "declared by hand";
  EXPECT_EQ(Watch({"::strcpy"}).matches({.name = "strcpy", .own = true}), Names{"::strcpy"});
  EXPECT_EQ(Watch({"strcpy"}).matches({.name = "strcpy", .scope = "mine"}), Names{});
}

TEST(CppWatch, NamesThatAreNoLibrarysAreWhoevers) {
  EXPECT_EQ(Watch({"acme_copy"}).matches({.name = "acme_copy", .own = true}), Names{"acme_copy"});
  EXPECT_EQ(Watch({"acme::copy"}).matches({.name = "copy", .scope = "acme", .own = true}), Names{"acme::copy"});
  EXPECT_EQ(Watch({"acme::copy"}).matches({.name = "copy", .scope = "acme::detail"}), Names{});
  EXPECT_EQ(Watch({"copy"}).matches(standard("copy")), Names{});
}

TEST(CppWatch, CxxFunctionsStayInStd) {
  EXPECT_EQ(Watch({"std::random_shuffle"}).matches(standard("random_shuffle")), Names{"std::random_shuffle"});
  EXPECT_EQ(Watch({"std::random_shuffle"}).matches({.name = "random_shuffle", .is_template = true}), Names{});
}

TEST(CppWatch, CallsThatATemplateLeavesOpen) {
  EXPECT_EQ(Watch({"strcpy", "::strcpy", "std::strcpy"}).matches_open_call("strcpy"), (Names{"::strcpy", "strcpy"}));
  EXPECT_EQ(Watch({"strcpy"}).matches_open_call("copy"), Names{});
}

// A name of the list that is not known here would be any function of this name, also a project's own.
TEST(CppWatch, EveryNameOfTheShippedListIsKnown) {
  const std::string text = test::read(test::source_dir() + "/policies/lists/c-unsafe.yaml");
  const std::regex entry(R"(\{name: (\w+),)");
  std::size_t names = 0;
  for (std::sregex_iterator match(text.begin(), text.end(), entry), end; match != end; ++match, ++names) {
    EXPECT_TRUE(is_library_name((*match)[1].str())) << (*match)[1];
  }
  EXPECT_GT(names, 40u);
}

}  // namespace
}  // namespace gate::cpp
